// Command vcsim runs govmomi's vCenter simulator for tests: loopback, TLS by default, any free port. It prints one
// JSON line with its addresses on standard output once it serves, and ends on SIGTERM or SIGINT.
package main

import (
	"crypto/tls"
	"encoding/json"
	"flag"
	"fmt"
	"log"
	"net/url"
	"os"
	"os/signal"
	"syscall"

	"github.com/vmware/govmomi/simulator"
	_ "github.com/vmware/govmomi/vapi/simulator" // REST sessions and tags
)

// ready is what a launcher needs to know: the one line on standard output.
type ready struct {
	URL         string `json:"url"`         // the VIM SOAP endpoint, without credentials
	Control     string `json:"control"`     // the control endpoint, plain HTTP
	Username    string `json:"username"`    // the only accepted login
	Password    string `json:"password"`    //
	Certificate string `json:"certificate"` // PEM of the serving certificate; empty without TLS
	Thumbprint  string `json:"thumbprint"`  // SHA-256 of that certificate, AA:BB:..; empty without TLS
	PID         int    `json:"pid"`
}

type options struct {
	listen, control    string
	vms, hosts         int
	username, password string
	tls                bool
	certFile, keyFile  string
	autostart          bool
}

func parse() options {
	var o options
	flag.StringVar(&o.listen, "listen", "127.0.0.1:0", "address of the VIM endpoint; port 0 takes a free one")
	flag.StringVar(&o.control, "control", "127.0.0.1:0", "address of the control endpoint; port 0 takes a free one")
	flag.IntVar(&o.vms, "vms", 4, "number of virtual machines")
	flag.IntVar(&o.hosts, "hosts", 2, "number of ESXi hosts in the one cluster")
	flag.StringVar(&o.username, "username", "administrator@vsphere.local", "the user who may log in")
	flag.StringVar(&o.password, "password", "secret", "the user's password")
	flag.BoolVar(&o.tls, "tls", true, "serve TLS")
	flag.StringVar(&o.certFile, "tls-cert", "", "PEM certificate to serve; without it one is made, self-signed")
	flag.StringVar(&o.keyFile, "tls-key", "", "PEM key of -tls-cert")
	flag.BoolVar(&o.autostart, "autostart", false, "power the virtual machines on (slow for many)")
	flag.Parse()
	return o
}

func main() {
	log.SetFlags(log.Lmicroseconds)
	if err := run(parse()); err != nil {
		fmt.Fprintln(os.Stderr, "vcsim:", err)
		os.Exit(1)
	}
}

func run(o options) error {
	stop := make(chan os.Signal, 1)
	signal.Notify(stop, syscall.SIGTERM, syscall.SIGINT)

	model := simulator.VPX()
	model.Host = 0 // all hosts in one cluster, as moves between them are of interest
	model.ClusterHost = o.hosts
	model.Machine = o.vms
	model.Autostart = o.autostart
	defer model.Remove() // the datastores are folders under TMPDIR
	if err := model.Create(); err != nil {
		return fmt.Errorf("create the inventory: %w", err)
	}

	service := model.Service
	service.Listen = &url.URL{Host: o.listen, User: url.UserPassword(o.username, o.password)}
	service.RegisterEndpoints = true
	answer := ready{Username: o.username, Password: o.password, PID: os.Getpid()}
	if o.tls {
		certificate, err := servingCertificate(o.certFile, o.keyFile)
		if err != nil {
			return fmt.Errorf("serving certificate: %w", err)
		}
		service.TLS = &tls.Config{Certificates: []tls.Certificate{certificate}, MinVersion: tls.VersionTLS12}
		answer.Certificate, answer.Thumbprint = describe(certificate)
	}

	control, err := startControl(o.control, model)
	if err != nil {
		return fmt.Errorf("control endpoint: %w", err)
	}
	defer control.Close()

	server := service.NewServer()
	answer.URL = "http://" + server.Listener.Addr().String() + server.URL.Path
	if o.tls {
		answer.URL = "https://" + server.Listener.Addr().String() + server.URL.Path
	}
	answer.Control = control.url
	if err := json.NewEncoder(os.Stdout).Encode(answer); err != nil {
		return err
	}

	log.Printf("stopping on %v", <-stop)
	// Not server.Close(): it waits for requests under way, and a client's long poll has no end of its own.
	return nil
}
