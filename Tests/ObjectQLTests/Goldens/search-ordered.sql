-- sqlite
SELECT t0."Name", t0."Id" FROM "Account_search" AS s JOIN "Account" AS t0 ON t0.rowid = s.rowid WHERE s."Account_search" MATCH ?1 AND NOT t0."IsDeleted" AND t0."IsActive" = ?2 ORDER BY 1, 2 LIMIT 51
-- [SQL.Bind.text("\"o\"* AND \"brien\"*"), SQL.Bind.bool(true)]

-- postgres
SELECT t0."Name", t0."Id" FROM "Account" AS t0 WHERE t0.martlet_search @@ martlet_query($1) AND NOT t0."IsDeleted" AND t0."IsActive" = $2 ORDER BY 1 NULLS FIRST, 2 NULLS FIRST LIMIT 51
-- [SQL.Bind.text("o brien"), SQL.Bind.bool(true)]
