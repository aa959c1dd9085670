-- sqlite
SELECT t0."Id" FROM "Account" AS t0 WHERE NOT t0."IsDeleted" AND (((t0."Industry" IN (?1) OR t0."Industry" IS NULL) OR ((t0."Employees" > ?2) IS NOT TRUE OR t0."Rating" IS NOT NULL) OR 0) AND (t0."Name" GLOB ?3) IS NOT TRUE) ORDER BY 1 LIMIT 51
-- [SQL.Bind.text("Technology"), SQL.Bind.decimal(5, scale: 0), SQL.Bind.text("A?c*%")]

-- postgres
SELECT t0."Id" FROM "Account" AS t0 WHERE NOT t0."IsDeleted" AND (((t0."Industry" IN ($1) OR t0."Industry" IS NULL) OR ((t0."Employees" > $2) IS NOT TRUE OR t0."Rating" IS NOT NULL) OR FALSE) AND (t0."Name" LIKE $3 ESCAPE '\') IS NOT TRUE) ORDER BY 1 LIMIT 51
-- [SQL.Bind.text("Technology"), SQL.Bind.decimal(5, scale: 0), SQL.Bind.text("A_c%\\%")]
