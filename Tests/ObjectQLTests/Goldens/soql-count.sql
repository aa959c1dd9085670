-- sqlite
SELECT g.c0 FROM (SELECT COUNT(*) AS c0 FROM "Account" AS t0 WHERE NOT t0."IsDeleted" AND t0."IsActive" = ?1) AS g LIMIT 51
-- [SQL.Bind.bool(true)]

-- postgres
SELECT g.c0 FROM (SELECT COUNT(*) AS c0 FROM "Account" AS t0 WHERE NOT t0."IsDeleted" AND t0."IsActive" = $1) AS g LIMIT 51
-- [SQL.Bind.bool(true)]
