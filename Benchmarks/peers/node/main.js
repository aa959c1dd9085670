// Node's http and pg, as their documentation shows: a pool in each of two processes.
const cluster = require("cluster");
const http = require("http");
const { Pool } = require("pg");

const ACCOUNT = `SELECT "Id", "Name", "AccountNumber", "Type", "Industry", "AnnualRevenue", "NumberOfEmployees", "Rating", "Phone",
  "Email", "CustomerStatus", "OwnerId" FROM "Account" WHERE "Id" = $1 AND NOT "IsDeleted"`;
const LIST = `SELECT "Id", "Name", "Stage", "Amount", "CloseDate", "AccountId", "OwnerId" FROM "Opportunity"
  WHERE "Stage" = $1 AND "Amount" > $2 AND NOT "IsDeleted" ORDER BY "CloseDate" NULLS FIRST, "Id" NULLS FIRST LIMIT 50`;

if (cluster.isPrimary) {
  for (let i = 0; i < 2; i++) cluster.fork();
} else {
  const pool = new Pool({ user: "postgres", database: "postgres", host: process.env.PEER_SOCKET, max: 16 });
  const server = http.createServer(async (request, response) => {
    const url = new URL(request.url, "http://localhost");
    let answer = null;
    if (url.pathname.startsWith("/accounts/")) {
      const values = [url.pathname.slice("/accounts/".length)];
      answer = (await pool.query({ name: "account", text: ACCOUNT, values })).rows[0];
    } else if (url.pathname === "/opportunities") {
      const values = [url.searchParams.get("stage"), url.searchParams.get("amount")];
      answer = { records: (await pool.query({ name: "list", text: LIST, values })).rows };
    }
    response.writeHead(answer ? 200 : 404, { "Content-Type": "application/json" });
    response.end(JSON.stringify(answer));
  });
  server.listen(Number(process.env.PEER_PORT), "127.0.0.1");
}
