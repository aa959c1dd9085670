"""FastAPI with asyncpg, as their documentation shows: a pool made at start, a dependency-free route, rows as dictionaries."""

import os
from contextlib import asynccontextmanager
from uuid import UUID

import asyncpg
from fastapi import FastAPI, HTTPException

ACCOUNT = """SELECT "Id", "Name", "AccountNumber", "Type", "Industry", "AnnualRevenue", "NumberOfEmployees", "Rating", "Phone",
    "Email", "CustomerStatus", "OwnerId" FROM "Account" WHERE "Id" = $1 AND NOT "IsDeleted" """
LIST = """SELECT "Id", "Name", "Stage", "Amount", "CloseDate", "AccountId", "OwnerId" FROM "Opportunity"
    WHERE "Stage" = $1 AND "Amount" > $2 AND NOT "IsDeleted" ORDER BY "CloseDate" NULLS FIRST, "Id" NULLS FIRST LIMIT 50"""


@asynccontextmanager
async def lifespan(app: FastAPI):
    app.state.pool = await asyncpg.create_pool(
        user="postgres", database="postgres", host=os.environ["PEER_SOCKET"], min_size=4, max_size=16
    )
    yield
    await app.state.pool.close()


app = FastAPI(lifespan=lifespan)


@app.get("/accounts/{id}")
async def account(id: UUID):
    row = await app.state.pool.fetchrow(ACCOUNT, id)
    if row is None:
        raise HTTPException(404)
    return dict(row)


@app.get("/opportunities")
async def opportunities(stage: str, amount: int):
    rows = await app.state.pool.fetch(LIST, stage, amount)
    return {"records": [dict(row) for row in rows]}
