-- sqlite
SELECT t0."Name", t0."Id" FROM "Account" AS t0 LEFT JOIN "User" AS t1 ON t1."Id" = t0."OwnerId" AND NOT t1."IsDeleted" WHERE NOT t0."IsDeleted" AND (t0."OwnerId" = ?1 OR t1."ManagerId" = ?2) ORDER BY 2 LIMIT 51
-- [SQL.Bind.late(SQL.Late.user), SQL.Bind.late(SQL.Late.user)]

-- postgres
SELECT t0."Name", t0."Id" FROM "Account" AS t0 LEFT JOIN "User" AS t1 ON t1."Id" = t0."OwnerId" AND NOT t1."IsDeleted" WHERE NOT t0."IsDeleted" AND (t0."OwnerId" = $1 OR t1."ManagerId" = $2) ORDER BY 2 LIMIT 51
-- [SQL.Bind.late(SQL.Late.user), SQL.Bind.late(SQL.Late.user)]
