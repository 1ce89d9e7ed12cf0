package main

import (
	"net/http"

	"github.com/vmware/govmomi/simulator"
	"github.com/vmware/govmomi/vim25/types"
)

// serveHosts lets a host run another build of ESXi: no call of VIM changes that in the simulator.
func serveHosts(mux *http.ServeMux, model *simulator.Model) {
	mux.HandleFunc("POST /hosts/{moRef}/build", func(w http.ResponseWriter, r *http.Request) {
		var in struct {
			Version string `json:"version"`
			Build   string `json:"build"`
		}
		if !read(w, r, &in) {
			return
		}
		if in.Version == "" || in.Build == "" {
			http.Error(w, "version and build are required", http.StatusBadRequest)
			return
		}
		ref := types.ManagedObjectReference{Type: "HostSystem", Value: r.PathValue("moRef")}
		host, isHost := model.Map().Get(ref).(*simulator.HostSystem)
		if !isHost {
			http.Error(w, "no such host", http.StatusNotFound)
			return
		}
		ctx := model.Service.Context
		ctx.WithLock(host, func() {
			// All hosts of the model share one product; this one needs its own before it is changed.
			product := *host.Summary.Config.Product
			host.Summary.Config.Product = &product
			// Leaves, as only those are both applied and announced to those who watch the whole.
			ctx.Update(host, []types.PropertyChange{
				{Name: "config.product.version", Val: in.Version},
				{Name: "config.product.build", Val: in.Build},
				{Name: "summary.config.product.version", Val: in.Version},
				{Name: "summary.config.product.build", Val: in.Build},
			})
		})
	})
}
