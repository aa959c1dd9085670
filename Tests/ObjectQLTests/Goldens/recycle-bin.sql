-- sqlite
SELECT t0."Name", t1."Name", t1."Id", (SELECT martlet_records('{"Name":%s}', r.c0) FROM (SELECT t2."Name" AS c0 FROM "Contact" AS t2 WHERE t2."ReportsToId" = t0."Id" ORDER BY t2."Id" LIMIT 50) AS r), t0."Id" FROM "Contact" AS t0 LEFT JOIN "Account" AS t1 ON t1."Id" = t0."AccountId" WHERE t0."IsDeleted" ORDER BY 5 LIMIT 51
-- []

-- postgres
SELECT t0."Name", t1."Name", t1."Id", (SELECT '[' || COALESCE(string_agg(r.j, ','), '') || ']' FROM (SELECT ('{"Name":' || COALESCE(to_json(t2."Name")::text, 'null') || '}') AS j FROM "Contact" AS t2 WHERE t2."ReportsToId" = t0."Id" ORDER BY t2."Id" LIMIT 50) AS r), t0."Id" FROM "Contact" AS t0 LEFT JOIN "Account" AS t1 ON t1."Id" = t0."AccountId" WHERE t0."IsDeleted" ORDER BY 5 LIMIT 51
-- []
