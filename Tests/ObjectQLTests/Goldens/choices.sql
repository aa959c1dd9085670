-- sqlite
SELECT t0."Interests", t0."Id" FROM "Account" AS t0 WHERE NOT t0."IsDeleted" AND ((EXISTS (SELECT 1 FROM json_each(t0."Interests") AS j WHERE j.value IN (?1)) OR (EXISTS (SELECT 1 FROM json_each(t0."Interests") AS j WHERE j.value IN (?2)) AND EXISTS (SELECT 1 FROM json_each(t0."Interests") AS j WHERE j.value IN (?3)))) OR (EXISTS (SELECT 1 FROM json_each(t0."Interests") AS j WHERE j.value IN (?4))) IS NOT TRUE OR (json_array_length(t0."Interests") = 1 AND EXISTS (SELECT 1 FROM json_each(t0."Interests") AS j WHERE j.value IN (?5)))) ORDER BY 2 LIMIT 51
-- [SQL.Bind.text("Golf"), SQL.Bind.text("Opera"), SQL.Bind.text("Chess"), SQL.Bind.text("Golf"), SQL.Bind.text("Chess")]

-- postgres
SELECT t0."Interests", t0."Id" FROM "Account" AS t0 WHERE NOT t0."IsDeleted" AND ((t0."Interests" && ARRAY[$1]::text[] OR (t0."Interests" && ARRAY[$2]::text[] AND t0."Interests" && ARRAY[$3]::text[])) OR (t0."Interests" && ARRAY[$4]::text[]) IS NOT TRUE OR (cardinality(t0."Interests") = 1 AND t0."Interests" && ARRAY[$5]::text[])) ORDER BY 2 LIMIT 51
-- [SQL.Bind.text("Golf"), SQL.Bind.text("Opera"), SQL.Bind.text("Chess"), SQL.Bind.text("Golf"), SQL.Bind.text("Chess")]
