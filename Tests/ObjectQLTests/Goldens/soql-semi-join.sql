-- sqlite
SELECT t0."Id" FROM "Account" AS t0 WHERE NOT t0."IsDeleted" AND (t0."Id" IN (SELECT t1."AccountId" FROM "Opportunity" AS t1 LEFT JOIN "Account" AS t2 ON t2."Id" = t1."AccountId" AND NOT t2."IsDeleted" LEFT JOIN "User" AS t3 ON t3."Id" = t2."OwnerId" AND NOT t3."IsDeleted" WHERE NOT t1."IsDeleted" AND (t3."Name" = ?1 AND t1."Amount" > ?2)) AND t0."Industry" = ?3) ORDER BY 1 LIMIT 51
-- [SQL.Bind.text("Ada"), SQL.Bind.decimal(5, scale: 2), SQL.Bind.text("Energy")]

-- postgres
SELECT t0."Id" FROM "Account" AS t0 WHERE NOT t0."IsDeleted" AND (t0."Id" IN (SELECT t1."AccountId" FROM "Opportunity" AS t1 LEFT JOIN "Account" AS t2 ON t2."Id" = t1."AccountId" AND NOT t2."IsDeleted" LEFT JOIN "User" AS t3 ON t3."Id" = t2."OwnerId" AND NOT t3."IsDeleted" WHERE NOT t1."IsDeleted" AND (t3."Name" = $1 AND t1."Amount" > $2)) AND t0."Industry" = $3) ORDER BY 1 LIMIT 51
-- [SQL.Bind.text("Ada"), SQL.Bind.decimal(5, scale: 2), SQL.Bind.text("Energy")]
