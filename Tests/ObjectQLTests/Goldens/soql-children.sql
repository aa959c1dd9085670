-- sqlite
SELECT t0."Name", (SELECT martlet_records('{"Name":%s,"Account":%j}', r.c0, r.c1) FROM (SELECT t1."Name" AS c0, CASE WHEN t2."Id" IS NULL THEN 'null' ELSE martlet_record('{"Name":%s}', t2."Name") END AS c1 FROM "Contact" AS t1 LEFT JOIN "Account" AS t2 ON t2."Id" = t1."AccountId" AND NOT t2."IsDeleted" WHERE t1."AccountId" = t0."Id" AND NOT t1."IsDeleted" AND substr(martlet_fold(t1."Email"), -10) = ?1 ORDER BY t1."Name", t1."Id" LIMIT 3) AS r), t0."Id" FROM "Account" AS t0 WHERE NOT t0."IsDeleted" ORDER BY 3 LIMIT 51
-- [SQL.Bind.text("@acme.test")]

-- postgres
SELECT t0."Name", (SELECT '[' || COALESCE(string_agg(r.j, ','), '') || ']' FROM (SELECT ('{"Name":' || COALESCE(to_json(t1."Name")::text, 'null') || ',"Account":' || CASE WHEN t2."Id" IS NULL THEN 'null' ELSE ('{"Name":' || COALESCE(to_json(t2."Name")::text, 'null') || '}') END || '}') AS j FROM "Contact" AS t1 LEFT JOIN "Account" AS t2 ON t2."Id" = t1."AccountId" AND NOT t2."IsDeleted" WHERE t1."AccountId" = t0."Id" AND NOT t1."IsDeleted" AND lower(t1."Email" COLLATE "und-x-icu") LIKE $1 ESCAPE '\' ORDER BY t1."Name" NULLS FIRST, t1."Id" NULLS FIRST LIMIT 3) AS r), t0."Id" FROM "Account" AS t0 WHERE NOT t0."IsDeleted" ORDER BY 3 LIMIT 51
-- [SQL.Bind.text("%@acme.test")]
