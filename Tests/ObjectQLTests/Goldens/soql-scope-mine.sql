-- sqlite
SELECT t0."Name", t0."Id" FROM "Account" AS t0 WHERE NOT t0."IsDeleted" AND t0."OwnerId" = ?1 ORDER BY 2 LIMIT 51
-- [SQL.Bind.late(SQL.Late.user)]

-- postgres
SELECT t0."Name", t0."Id" FROM "Account" AS t0 WHERE NOT t0."IsDeleted" AND t0."OwnerId" = $1 ORDER BY 2 LIMIT 51
-- [SQL.Bind.late(SQL.Late.user)]
