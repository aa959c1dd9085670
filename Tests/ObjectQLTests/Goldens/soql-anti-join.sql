-- sqlite
SELECT t0."Name", t0."Id" FROM "Account" AS t0 WHERE NOT t0."IsDeleted" AND (t0."Id" IN (SELECT t1."AccountId" FROM "Contact" AS t1 WHERE NOT t1."IsDeleted" AND t1."Email" IS NULL)) IS NOT TRUE ORDER BY 2 LIMIT 51
-- []

-- postgres
SELECT t0."Name", t0."Id" FROM "Account" AS t0 WHERE NOT t0."IsDeleted" AND (t0."Id" IN (SELECT t1."AccountId" FROM "Contact" AS t1 WHERE NOT t1."IsDeleted" AND t1."Email" IS NULL)) IS NOT TRUE ORDER BY 2 LIMIT 51
-- []
