-- sqlite
SELECT t0."Name", t0."Id" FROM "Account" AS t0 WHERE NOT t0."IsDeleted" AND (t0."Name" = ?1 AND t0."Id" IN (SELECT value FROM json_each(?2)) AND (t0."Industry" IN (SELECT value FROM json_each(?3))) IS NOT TRUE AND t0."AnnualRevenue" > ?4 AND t0."LastCall" < ?5 AND t0."Id" IN (SELECT t1."AccountId" FROM "Contact" AS t1 WHERE NOT t1."IsDeleted" AND t1."Salary" >= ?6)) ORDER BY 2 LIMIT 51
-- [SQL.Bind.late(SQL.Late.argument("name")), SQL.Bind.late(SQL.Late.argument("ids")), SQL.Bind.late(SQL.Late.argument("kinds")), SQL.Bind.late(SQL.Late.argument("least")), SQL.Bind.late(SQL.Late.argument("before")), SQL.Bind.late(SQL.Late.argument("salary"))]

-- postgres
SELECT t0."Name", t0."Id" FROM "Account" AS t0 WHERE NOT t0."IsDeleted" AND (t0."Name" = $1 AND t0."Id" = ANY($2::uuid[]) AND (t0."Industry" = ANY($3::text[])) IS NOT TRUE AND t0."AnnualRevenue" > $4 AND t0."LastCall" < $5 AND t0."Id" IN (SELECT t1."AccountId" FROM "Contact" AS t1 WHERE NOT t1."IsDeleted" AND t1."Salary" >= $6)) ORDER BY 2 LIMIT 51
-- [SQL.Bind.late(SQL.Late.argument("name")), SQL.Bind.late(SQL.Late.argument("ids")), SQL.Bind.late(SQL.Late.argument("kinds")), SQL.Bind.late(SQL.Late.argument("least")), SQL.Bind.late(SQL.Late.argument("before")), SQL.Bind.late(SQL.Late.argument("salary"))]
