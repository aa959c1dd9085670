-- sqlite
SELECT t0."Id" FROM "Account" AS t0 WHERE NOT t0."IsDeleted" AND ((t0."Founded" >= ?1 AND t0."Founded" < ?2) AND (t0."LastCall" >= ?3 AND t0."LastCall" < ?4) AND t0."CreatedDate" >= ?5 AND t0."LastModifiedDate" IS NOT ?6) ORDER BY 1 LIMIT 51
-- [SQL.Bind.late(SQL.Late.firstDay(THIS_QUARTER)), SQL.Bind.late(SQL.Late.dayAfter(THIS_QUARTER)), SQL.Bind.datetime(2026-01-01T00:00:00Z), SQL.Bind.datetime(2026-04-01T00:00:00Z), SQL.Bind.late(SQL.Late.momentAfter(YESTERDAY)), SQL.Bind.datetime(2026-03-31T10:00:00Z)]

-- postgres
SELECT t0."Id" FROM "Account" AS t0 WHERE NOT t0."IsDeleted" AND ((t0."Founded" >= $1 AND t0."Founded" < $2) AND (t0."LastCall" >= $3 AND t0."LastCall" < $4) AND t0."CreatedDate" >= $5 AND t0."LastModifiedDate" IS DISTINCT FROM $6) ORDER BY 1 LIMIT 51
-- [SQL.Bind.late(SQL.Late.firstDay(THIS_QUARTER)), SQL.Bind.late(SQL.Late.dayAfter(THIS_QUARTER)), SQL.Bind.datetime(2026-01-01T00:00:00Z), SQL.Bind.datetime(2026-04-01T00:00:00Z), SQL.Bind.late(SQL.Late.momentAfter(YESTERDAY)), SQL.Bind.datetime(2026-03-31T10:00:00Z)]
