#pragma once
#include <sqlite3.h>

// Swift cannot call variadic C functions; these wrap the calls Martlet needs.

static inline int martlet_sqlite_config_memstatus(int on) {
    return sqlite3_config(SQLITE_CONFIG_MEMSTATUS, on);
}

static inline int martlet_sqlite_config_statement_journal(int bytes) {
    return sqlite3_config(SQLITE_CONFIG_STMTJRNL_SPILL, bytes);
}

static inline int martlet_sqlite_no_double_quoted_strings(sqlite3 *db) {
    int rc = sqlite3_db_config(db, SQLITE_DBCONFIG_DQS_DML, 0, (int *)0);
    return rc == SQLITE_OK ? sqlite3_db_config(db, SQLITE_DBCONFIG_DQS_DDL, 0, (int *)0) : rc;
}

static inline int martlet_sqlite_defensive(sqlite3 *db) {
    return sqlite3_db_config(db, SQLITE_DBCONFIG_DEFENSIVE, 1, (int *)0);
}

// SQLITE_TRANSIENT is a cast macro, which Swift does not import. A missing address is an empty value, not null.
static inline int martlet_sqlite_bind_text(sqlite3_stmt *s, int i, const void *p, int n) {
    return sqlite3_bind_text(s, i, p ? (const char *)p : "", p ? n : 0, SQLITE_TRANSIENT);
}
static inline int martlet_sqlite_bind_blob(sqlite3_stmt *s, int i, const void *p, int n) {
    return sqlite3_bind_blob(s, i, p ? p : "", p ? n : 0, SQLITE_TRANSIENT);
}
static inline void martlet_sqlite_result_text(sqlite3_context *c, const void *p, int n) {
    sqlite3_result_text(c, p ? (const char *)p : "", p ? n : 0, SQLITE_TRANSIENT);
}
static inline void martlet_sqlite_result_blob(sqlite3_context *c, const void *p, int n) {
    sqlite3_result_blob(c, p ? p : "", p ? n : 0, SQLITE_TRANSIENT);
}

// Extended result codes are computed macros, which Swift does not import either.
enum {
    MARTLET_CONSTRAINT_UNIQUE = SQLITE_CONSTRAINT_UNIQUE,
    MARTLET_CONSTRAINT_PRIMARYKEY = SQLITE_CONSTRAINT_PRIMARYKEY,
    MARTLET_CONSTRAINT_ROWID = SQLITE_CONSTRAINT_ROWID,
    MARTLET_CONSTRAINT_NOTNULL = SQLITE_CONSTRAINT_NOTNULL,
    MARTLET_CONSTRAINT_FOREIGNKEY = SQLITE_CONSTRAINT_FOREIGNKEY,
    MARTLET_CONSTRAINT_CHECK = SQLITE_CONSTRAINT_CHECK,
    MARTLET_CONSTRAINT_TRIGGER = SQLITE_CONSTRAINT_TRIGGER,
};
