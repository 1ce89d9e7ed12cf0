package main

import (
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"sync"
	"time"

	"github.com/vmware/govmomi/simulator"
	"github.com/vmware/govmomi/vim25/mo"
	"github.com/vmware/govmomi/vim25/types"
)

const routes = `GET    /                    this list
POST   /faults              add a fault rule {method, objectType, objectName, probability, fault, message, delayMillis, maxCount, skipCount}; answers {id}
GET    /faults              how often rules were used
DELETE /faults/{id}         remove one rule
DELETE /faults              remove all rules
PUT    /session-timeout     {seconds}: idle time-out of API sessions; holds for logins from now on
DELETE /sessions            end every API session that has made a call
POST   /hosts/{moRef}/build {version, build}: the ESXi build that the host runs from now on
`

// control is the simulator's second, plain HTTP endpoint: what no VIM client could ask for.
type control struct {
	server *http.Server
	url    string
}

func (c *control) Close() { _ = c.server.Close() }

func startControl(address string, model *simulator.Model) (*control, error) {
	listener, err := net.Listen("tcp", address)
	if err != nil {
		return nil, err
	}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /{$}", func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, routes) })
	serveFaults(mux, newFaults(model.Service))
	serveSessions(mux, model)
	serveHosts(mux, model)
	c := &control{server: &http.Server{Handler: mux}, url: "http://" + listener.Addr().String()}
	go func() { _ = c.server.Serve(listener) }()
	return c, nil
}

func serveFaults(mux *http.ServeMux, faults *faults) {
	mux.HandleFunc("POST /faults", func(w http.ResponseWriter, r *http.Request) {
		var rule faultRule
		if !read(w, r, &rule) {
			return
		}
		id, err := faults.add(rule)
		if err != nil {
			http.Error(w, err.Error(), http.StatusBadRequest)
			return
		}
		write(w, map[string]string{"id": id})
	})
	mux.HandleFunc("GET /faults", func(w http.ResponseWriter, _ *http.Request) {
		write(w, faults.service.GetFaultStats())
	})
	mux.HandleFunc("DELETE /faults/{id}", func(w http.ResponseWriter, r *http.Request) {
		if !faults.remove(r.PathValue("id")) {
			http.Error(w, "no such rule", http.StatusNotFound)
		}
	})
	mux.HandleFunc("DELETE /faults", func(http.ResponseWriter, *http.Request) { faults.clear() })
}

func serveSessions(mux *http.ServeMux, model *simulator.Model) {
	seen := watchSessions(model.Map())
	mux.HandleFunc("PUT /session-timeout", func(w http.ResponseWriter, r *http.Request) {
		var in struct {
			Seconds float64 `json:"seconds"`
		}
		if !read(w, r, &in) {
			return
		}
		if in.Seconds <= 0 {
			http.Error(w, "seconds must be positive", http.StatusBadRequest)
			return
		}
		timeout := time.Duration(in.Seconds * float64(time.Second))
		setting := &types.OptionValue{Key: "config.vmacore.soap.sessionTimeout", Value: timeout.String()}
		options := model.Map().OptionManager()
		model.Service.Context.WithLock(options, func() {
			options.UpdateOptions(&types.UpdateOptions{ChangedValue: []types.BaseOptionValue{setting}})
		})
	})
	mux.HandleFunc("DELETE /sessions", func(w http.ResponseWriter, _ *http.Request) {
		write(w, map[string]int{"ended": seen.endAll(model)})
	})
}

// sessions remembers the API sessions that made a call: the simulator keeps its own table to itself.
type sessions struct {
	mu   sync.Mutex
	keys map[string]bool
}

func watchSessions(registry *simulator.Registry) *sessions {
	s := &sessions{keys: map[string]bool{}}
	registry.Handler = func(ctx *simulator.Context, _ *simulator.Method) (mo.Reference, types.BaseMethodFault) {
		if ctx.Session != nil {
			s.mu.Lock()
			s.keys[ctx.Session.Key] = true
			s.mu.Unlock()
		}
		return nil, nil
	}
	return s
}

func (s *sessions) endAll(model *simulator.Model) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	ctx := &simulator.Context{Map: model.Map(), Session: &simulator.Session{}}
	ended := 0
	for key := range s.keys {
		// One at a time: a session that is gone already is a fault and would stop a longer list.
		answer := model.Map().SessionManager().TerminateSession(ctx, &types.TerminateSession{SessionId: []string{key}})
		if answer.Fault() == nil {
			ended++
		}
	}
	clear(s.keys)
	return ended
}

func read(w http.ResponseWriter, r *http.Request, into any) bool {
	decoder := json.NewDecoder(r.Body)
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(into); err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return false
	}
	return true
}

func write(w http.ResponseWriter, answer any) {
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(answer)
}
