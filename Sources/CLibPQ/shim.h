#pragma once
#include <libpq-fe.h>

// The codes of error fields are character literals, which Swift imports as what they are not good for.
enum {
    MARTLET_PG_SQLSTATE = PG_DIAG_SQLSTATE,
    MARTLET_PG_MESSAGE = PG_DIAG_MESSAGE_PRIMARY,
    MARTLET_PG_DETAIL = PG_DIAG_MESSAGE_DETAIL,
    MARTLET_PG_TABLE = PG_DIAG_TABLE_NAME,
    MARTLET_PG_COLUMN = PG_DIAG_COLUMN_NAME,
    MARTLET_PG_CONSTRAINT = PG_DIAG_CONSTRAINT_NAME,
};
