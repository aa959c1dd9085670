-- sqlite
SELECT t0."Name", t1."Name", t1."Id", t2."Name", t2."Id", t0."Id" FROM "Opportunity" AS t0 LEFT JOIN "Account" AS t1 ON t1."Id" = t0."AccountId" AND NOT t1."IsDeleted" LEFT JOIN "User" AS t2 ON t2."Id" = t0."OwnerId" AND NOT t2."IsDeleted" WHERE NOT t0."IsDeleted" AND t1."Industry" = ?1 ORDER BY 4, 6 LIMIT 51
-- [SQL.Bind.text("Energy")]
SELECT COUNT(*) FROM "Opportunity" AS t0 LEFT JOIN "Account" AS t1 ON t1."Id" = t0."AccountId" AND NOT t1."IsDeleted" WHERE NOT t0."IsDeleted" AND t1."Industry" = ?1
-- [SQL.Bind.text("Energy")]

-- postgres
SELECT t0."Name", t1."Name", t1."Id", t2."Name", t2."Id", t0."Id" FROM "Opportunity" AS t0 LEFT JOIN "Account" AS t1 ON t1."Id" = t0."AccountId" AND NOT t1."IsDeleted" LEFT JOIN "User" AS t2 ON t2."Id" = t0."OwnerId" AND NOT t2."IsDeleted" WHERE NOT t0."IsDeleted" AND t1."Industry" = $1 ORDER BY 4 NULLS FIRST, 6 NULLS FIRST LIMIT 51
-- [SQL.Bind.text("Energy")]
SELECT COUNT(*) FROM "Opportunity" AS t0 LEFT JOIN "Account" AS t1 ON t1."Id" = t0."AccountId" AND NOT t1."IsDeleted" WHERE NOT t0."IsDeleted" AND t1."Industry" = $1
-- [SQL.Bind.text("Energy")]
