-- sqlite
SELECT t0."Id" FROM "Account" AS t0 WHERE NOT t0."IsDeleted" AND (instr(t0."Name", ?1) > 0 OR (t0."Name" >= ?2 AND t0."Name" < ?3) OR substr(t0."Name", -3) = ?4 OR instr(martlet_fold(t0."Name"), ?5) > 0 OR t0."Name" GLOB ?6 OR martlet_fold(t0."Name") GLOB ?7 OR t0."Name" = ?8) ORDER BY 1 LIMIT 51
-- [SQL.Bind.text("50%"), SQL.Bind.text("Ac"), SQL.Bind.text("Ad"), SQL.Bind.text("[x]"), SQL.Bind.text("ünal"), SQL.Bind.text("a*b?c[[][*]"), SQL.Bind.text("ac*"), SQL.Bind.text("Acme")]

-- postgres
SELECT t0."Id" FROM "Account" AS t0 WHERE NOT t0."IsDeleted" AND ((t0."Name" LIKE $1 ESCAPE '\' AND lower(t0."Name" COLLATE "und-x-icu") LIKE $2 ESCAPE '\') OR t0."Name" LIKE $3 ESCAPE '\' OR (t0."Name" LIKE $4 ESCAPE '\' AND lower(t0."Name" COLLATE "und-x-icu") LIKE $5 ESCAPE '\') OR lower(t0."Name" COLLATE "und-x-icu") LIKE $6 ESCAPE '\' OR (t0."Name" LIKE $7 ESCAPE '\' AND lower(t0."Name" COLLATE "und-x-icu") LIKE $8 ESCAPE '\') OR lower(t0."Name" COLLATE "und-x-icu") LIKE $9 ESCAPE '\' OR (t0."Name" LIKE $10 ESCAPE '\' AND lower(t0."Name" COLLATE "und-x-icu") LIKE $11 ESCAPE '\')) ORDER BY 1 LIMIT 51
-- [SQL.Bind.text("%50\\%%"), SQL.Bind.text("%50\\%%"), SQL.Bind.text("Ac%"), SQL.Bind.text("%[x]"), SQL.Bind.text("%[x]"), SQL.Bind.text("%ünal%"), SQL.Bind.text("a%b_c[*"), SQL.Bind.text("a%b%c[*"), SQL.Bind.text("ac%"), SQL.Bind.text("Acme"), SQL.Bind.text("acme")]
