// A govmomi client that asks a vCenter for what the operator's watch asks: the same types and paths, pages as the server cuts
// them.
//
//	bench sync               prints the seconds of one first sync, login included, and how many VMs it saw
//	bench latency CONTROL n  prints the milliseconds of n changes, each from the request to the simulator's control port
//	                         (a rename, or power off and on) until the waiting client has it
//
// Environment: GOVC_URL with user and password, GOVC_TLS_CA_CERTS.
package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log"
	"net/http"
	"net/url"
	"os"
	"strconv"
	"strings"
	"time"

	"github.com/vmware/govmomi"
	"github.com/vmware/govmomi/property"
	"github.com/vmware/govmomi/session"
	"github.com/vmware/govmomi/view"
	"github.com/vmware/govmomi/vim25"
	"github.com/vmware/govmomi/vim25/methods"
	"github.com/vmware/govmomi/vim25/soap"
	"github.com/vmware/govmomi/vim25/types"
)

const warmUp = 200 // changes before those that count

var kinds = []string{"VirtualMachine", "HostSystem", "Folder", "Datacenter", "VirtualApp"}

// As in the operator's InventoryFilter.
var paths = []types.PropertySpec{
	{Type: "TaskManager", PathSet: []string{"recentTask"}},
	{Type: "VirtualMachine", PathSet: []string{
		"name", "parent", "runtime.host", "runtime.connectionState", "runtime.powerState", "runtime.consolidationNeeded",
		"config.instanceUuid", "config.version", "config.changeVersion", "config.changeTrackingEnabled",
		"config.hardware.device", "snapshot",
	}},
	{Type: "HostSystem", PathSet: []string{"name", "summary.config.product", "runtime.connectionState"}},
	{Type: "Folder", PathSet: []string{"name", "parent"}},
	{Type: "Datacenter", PathSet: []string{"name", "parent"}},
	{Type: "VirtualApp", PathSet: []string{"name", "parent"}},
}

type watch struct {
	client    *govmomi.Client
	collector *property.Collector
	version   string
}

// connect logs in and makes the filter; nothing is read yet.
func connect(ctx context.Context) *watch {
	address, err := url.Parse(os.Getenv("GOVC_URL"))
	check(err)
	transport := soap.NewClient(address, false)
	check(transport.SetRootCAs(os.Getenv("GOVC_TLS_CA_CERTS")))
	vim, err := vim25.NewClient(ctx, transport)
	check(err)
	client := &govmomi.Client{Client: vim, SessionManager: session.NewManager(vim)}
	check(client.Login(ctx, address.User))
	root := vim.ServiceContent.RootFolder
	members, err := view.NewManager(vim).CreateContainerView(ctx, root, kinds, true)
	check(err)
	collector, err := property.DefaultCollector(vim).Create(ctx)
	check(err)
	spec := types.PropertyFilterSpec{
		PropSet: paths,
		ObjectSet: []types.ObjectSpec{
			{
				Obj:  members.Reference(),
				Skip: types.NewBool(true),
				SelectSet: []types.BaseSelectionSpec{&types.TraversalSpec{
					SelectionSpec: types.SelectionSpec{Name: "members"},
					Type:          "ContainerView",
					Path:          "view",
					Skip:          types.NewBool(false),
				}},
			},
			{Obj: *vim.ServiceContent.TaskManager, Skip: types.NewBool(false)},
		},
	}
	check2(methods.CreateFilter(ctx, vim, &types.CreateFilter{This: collector.Reference(), Spec: spec}))
	return &watch{client: client, collector: collector}
}

// next waits for one page of updates; nil if there was none in time.
func (w *watch) next(ctx context.Context, seconds int32) *types.UpdateSet {
	answer, err := methods.WaitForUpdatesEx(ctx, w.client.Client, &types.WaitForUpdatesEx{
		This:    w.collector.Reference(),
		Version: w.version,
		Options: &types.WaitOptions{MaxWaitSeconds: types.NewInt32(seconds)},
	})
	check(err)
	if answer.Returnval != nil {
		w.version = answer.Returnval.Version
	}
	return answer.Returnval
}

// sync reads until nothing is left and keeps what it read.
func (w *watch) sync(ctx context.Context) map[types.ManagedObjectReference][]types.PropertyChange {
	objects := map[types.ManagedObjectReference][]types.PropertyChange{}
	for {
		set := w.next(ctx, 0)
		if set == nil {
			return objects
		}
		for _, filter := range set.FilterSet {
			for _, object := range filter.ObjectSet {
				objects[object.Obj] = object.ChangeSet
			}
		}
		if set.Truncated == nil || !*set.Truncated {
			return objects
		}
	}
}

func (w *watch) close(ctx context.Context) { check(w.client.Logout(ctx)) }

func first(ctx context.Context) {
	began := time.Now()
	w := connect(ctx)
	objects := w.sync(ctx)
	took := time.Since(began)
	vms := 0
	for ref := range objects {
		if ref.Type == "VirtualMachine" {
			vms++
		}
	}
	fmt.Printf("%.3f %d\n", took.Seconds(), vms)
	w.close(ctx)
}

type change struct {
	path string
	body map[string]string
	// Of which VM, property and value the watch must tell.
	vm, property, value string
}

func latency(ctx context.Context, control string, count int) {
	w := connect(ctx)
	var vms []string
	for ref := range w.sync(ctx) {
		if ref.Type == "VirtualMachine" {
			vms = append(vms, ref.Value)
		}
	}
	for number := range warmUp + count {
		vm := vms[number%len(vms)]
		name := fmt.Sprintf("bench-%d", number)
		asked := change{"rename", map[string]string{"name": name}, vm, "name", name}
		if number%5 == 4 {
			asked = change{"powerOff", nil, vm, "runtime.powerState", "poweredOff"}
		}
		took := w.measure(ctx, control, asked)
		if number >= warmUp {
			fmt.Printf("%.3f\n", float64(took.Microseconds())/1000)
		}
		if asked.path == "powerOff" {
			w.measure(ctx, control, change{"powerOn", nil, vm, "runtime.powerState", "poweredOn"})
		}
	}
	w.close(ctx)
}

// measure has a client wait, changes something and times until the client has it.
func (w *watch) measure(ctx context.Context, control string, asked change) time.Duration {
	told := make(chan time.Time)
	go func() {
		for !tells(w.next(ctx, 60), asked) {
		}
		told <- time.Now()
	}()
	time.Sleep(5 * time.Millisecond) // for the wait to have arrived: what counts is a client that waits already
	began := time.Now()
	post(strings.TrimSuffix(control, "/")+"/vms/"+asked.vm+"/"+asked.path, asked.body)
	return (<-told).Sub(began)
}

func tells(set *types.UpdateSet, asked change) bool {
	if set == nil {
		return false
	}
	for _, filter := range set.FilterSet {
		for _, object := range filter.ObjectSet {
			for _, changed := range object.ChangeSet {
				if object.Obj.Value == asked.vm && changed.Name == asked.property && fmt.Sprint(changed.Val) == asked.value {
					return true
				}
			}
		}
	}
	return false
}

func post(to string, body map[string]string) {
	if body == nil {
		body = map[string]string{}
	}
	text, err := json.Marshal(body)
	check(err)
	answer, err := http.Post(to, "application/json", bytes.NewReader(text))
	check(err)
	defer answer.Body.Close()
	if said, _ := io.ReadAll(answer.Body); answer.StatusCode/100 != 2 {
		log.Fatalf("%s: %s %s", to, answer.Status, said)
	}
}

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}

func check2[T any](_ T, err error) { check(err) }

func main() {
	ctx := context.Background()
	switch {
	case len(os.Args) == 2 && os.Args[1] == "sync":
		first(ctx)
	case len(os.Args) == 4 && os.Args[1] == "latency":
		count, err := strconv.Atoi(os.Args[3])
		check(err)
		latency(ctx, os.Args[2], count)
	default:
		log.Fatal("usage: bench sync | bench latency CONTROL COUNT")
	}
}
