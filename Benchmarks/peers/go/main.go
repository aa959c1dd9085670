// Go's net/http with database/sql and lib/pq: statements prepared once, rows scanned into structs by hand.
package main

import (
	"database/sql"
	"encoding/json"
	"log"
	"net/http"
	"os"
	"strings"
	"time"

	_ "github.com/lib/pq"
)

const accountSQL = `SELECT "Id", "Name", "AccountNumber", "Type", "Industry", "AnnualRevenue", "NumberOfEmployees", "Rating", "Phone",
	"Email", "CustomerStatus", "OwnerId" FROM "Account" WHERE "Id" = $1 AND NOT "IsDeleted"`
const listSQL = `SELECT "Id", "Name", "Stage", "Amount", "CloseDate", "AccountId", "OwnerId" FROM "Opportunity"
	WHERE "Stage" = $1 AND "Amount" > $2 AND NOT "IsDeleted" ORDER BY "CloseDate" NULLS FIRST, "Id" NULLS FIRST LIMIT 50`

type account struct {
	Id, Name                    string
	AccountNumber               *string
	Type, Industry              *string
	AnnualRevenue               *json.Number
	NumberOfEmployees           *int64
	Rating, Phone, Email        *string
	CustomerStatus              *string
	OwnerId                     string
}

type opportunity struct {
	Id, Name, Stage    string
	Amount             *json.Number
	CloseDate          string
	AccountId, OwnerId string
}

func main() {
	db, err := sql.Open("postgres", "user=postgres dbname=postgres sslmode=disable host="+os.Getenv("PEER_SOCKET"))
	if err != nil {
		log.Fatal(err)
	}
	db.SetMaxOpenConns(16)
	db.SetMaxIdleConns(16)
	one, err := db.Prepare(accountSQL)
	if err != nil {
		log.Fatal(err)
	}
	list, err := db.Prepare(listSQL)
	if err != nil {
		log.Fatal(err)
	}
	http.HandleFunc("/accounts/", func(w http.ResponseWriter, r *http.Request) {
		var a account
		err := one.QueryRow(strings.TrimPrefix(r.URL.Path, "/accounts/")).Scan(&a.Id, &a.Name, &a.AccountNumber, &a.Type,
			&a.Industry, &a.AnnualRevenue, &a.NumberOfEmployees, &a.Rating, &a.Phone, &a.Email, &a.CustomerStatus, &a.OwnerId)
		if err != nil {
			http.Error(w, err.Error(), http.StatusNotFound)
			return
		}
		w.Header().Set("Content-Type", "application/json")
		json.NewEncoder(w).Encode(a)
	})
	http.HandleFunc("/opportunities", func(w http.ResponseWriter, r *http.Request) {
		query := r.URL.Query()
		rows, err := list.Query(query.Get("stage"), query.Get("amount"))
		if err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
			return
		}
		defer rows.Close()
		records := make([]opportunity, 0, 50)
		for rows.Next() {
			var o opportunity
			var day time.Time
			if err := rows.Scan(&o.Id, &o.Name, &o.Stage, &o.Amount, &day, &o.AccountId, &o.OwnerId); err != nil {
				http.Error(w, err.Error(), http.StatusInternalServerError)
				return
			}
			o.CloseDate = day.Format("2006-01-02")
			records = append(records, o)
		}
		w.Header().Set("Content-Type", "application/json")
		json.NewEncoder(w).Encode(map[string]any{"records": records})
	})
	log.Fatal(http.ListenAndServe("127.0.0.1:"+os.Getenv("PEER_PORT"), nil))
}
