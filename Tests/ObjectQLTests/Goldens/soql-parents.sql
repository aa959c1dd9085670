-- sqlite
SELECT t0."Name", t1."Name", t1."Id", t2."Name", t2."Id", t0."Amount", t0."Id" FROM "Opportunity" AS t0 LEFT JOIN "Account" AS t1 ON t1."Id" = t0."AccountId" AND NOT t1."IsDeleted" LEFT JOIN "User" AS t2 ON t2."Id" = t1."OwnerId" AND NOT t2."IsDeleted" WHERE NOT t0."IsDeleted" AND (t0."Amount" > ?1 AND t1."Industry" = ?2) ORDER BY 6 DESC, 7 DESC LIMIT 51
-- [SQL.Bind.decimal(1000, scale: 2), SQL.Bind.text("Energy")]

-- postgres
SELECT t0."Name", t1."Name", t1."Id", t2."Name", t2."Id", t0."Amount", t0."Id" FROM "Opportunity" AS t0 LEFT JOIN "Account" AS t1 ON t1."Id" = t0."AccountId" AND NOT t1."IsDeleted" LEFT JOIN "User" AS t2 ON t2."Id" = t1."OwnerId" AND NOT t2."IsDeleted" WHERE NOT t0."IsDeleted" AND (t0."Amount" > $1 AND t1."Industry" = $2) ORDER BY 6 DESC NULLS LAST, 7 DESC NULLS LAST LIMIT 51
-- [SQL.Bind.decimal(1000, scale: 2), SQL.Bind.text("Energy")]
