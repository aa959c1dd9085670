-- sqlite
SELECT t0."Name", t0."Version", t0."Id" FROM "Account" AS t0 WHERE NOT t0."IsDeleted" AND t0."Id" = ?1 ORDER BY 3 LIMIT 2
-- [SQL.Bind.id("01890a5d-ac96-7b1c-8f3e-2b7c5d1e9f00")]

-- postgres
SELECT t0."Name", t0."Version", t0."Id" FROM "Account" AS t0 WHERE NOT t0."IsDeleted" AND t0."Id" = $1 ORDER BY 3 LIMIT 2
-- [SQL.Bind.id("01890a5d-ac96-7b1c-8f3e-2b7c5d1e9f00")]
