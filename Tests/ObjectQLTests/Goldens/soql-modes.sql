-- sqlite
SELECT t0."Name", t0."Id" FROM "Account" AS t0 WHERE t0."Name" IS NOT NULL ORDER BY 2 LIMIT 4
-- []
SELECT COUNT(*) FROM "Account" AS t0 WHERE t0."Name" IS NOT NULL
-- []

-- postgres
SELECT t0."Name", t0."Id" FROM "Account" AS t0 WHERE t0."Name" IS NOT NULL ORDER BY 2 LIMIT 4
-- []
SELECT COUNT(*) FROM "Account" AS t0 WHERE t0."Name" IS NOT NULL
-- []
