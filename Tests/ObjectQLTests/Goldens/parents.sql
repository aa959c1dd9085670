-- sqlite
SELECT t0."Name", t1."Name", t1."Id", t2."Name", t2."Id", t4."Region", t3."Id", t4."Id", t0."Id" FROM "Opportunity" AS t0 LEFT JOIN "Account" AS t1 ON t1."Id" = t0."AccountId" AND NOT t1."IsDeleted" LEFT JOIN "User" AS t2 ON t2."Id" = t1."OwnerId" AND NOT t2."IsDeleted" LEFT JOIN "Account" AS t3 ON t3."Id" = t1."ParentId" AND NOT t3."IsDeleted" LEFT JOIN "User" AS t4 ON t4."Id" = t3."OwnerId" AND NOT t4."IsDeleted" WHERE NOT t0."IsDeleted" ORDER BY 2, 9 LIMIT 51
-- []

-- postgres
SELECT t0."Name", t1."Name", t1."Id", t2."Name", t2."Id", t4."Region", t3."Id", t4."Id", t0."Id" FROM "Opportunity" AS t0 LEFT JOIN "Account" AS t1 ON t1."Id" = t0."AccountId" AND NOT t1."IsDeleted" LEFT JOIN "User" AS t2 ON t2."Id" = t1."OwnerId" AND NOT t2."IsDeleted" LEFT JOIN "Account" AS t3 ON t3."Id" = t1."ParentId" AND NOT t3."IsDeleted" LEFT JOIN "User" AS t4 ON t4."Id" = t3."OwnerId" AND NOT t4."IsDeleted" WHERE NOT t0."IsDeleted" ORDER BY 2 NULLS FIRST, 9 NULLS FIRST LIMIT 51
-- []
