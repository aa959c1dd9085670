-- sqlite
SELECT t0."Name", t0."Id" FROM "Account_search" AS s JOIN "Account" AS t0 ON t0.rowid = s.rowid WHERE s."Account_search" MATCH ?1 AND NOT t0."IsDeleted" ORDER BY s.rank, 2 LIMIT 51
-- [SQL.Bind.text("\"acme\"* AND \"OR\"* AND \"corp\"*")]
SELECT COUNT(*) FROM "Account_search" AS s JOIN "Account" AS t0 ON t0.rowid = s.rowid WHERE s."Account_search" MATCH ?1 AND NOT t0."IsDeleted"
-- [SQL.Bind.text("\"acme\"* AND \"OR\"* AND \"corp\"*")]

-- postgres
SELECT t0."Name", t0."Id" FROM "Account" AS t0 WHERE t0.martlet_search @@ martlet_query($1) AND NOT t0."IsDeleted" ORDER BY ts_rank(t0.martlet_search, martlet_query($2)) DESC, 2 LIMIT 51
-- [SQL.Bind.text("acme OR corp"), SQL.Bind.text("acme OR corp")]
SELECT COUNT(*) FROM "Account" AS t0 WHERE t0.martlet_search @@ martlet_query($1) AND NOT t0."IsDeleted"
-- [SQL.Bind.text("acme OR corp")]
