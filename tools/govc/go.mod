// The govc client that holds our simulator to what others ask of a vCenter. A module of its own: the last release of
// govmomi with govc in its root module, far behind the one that vcsim is built from.
module github.com/cbtguard/cbtguard/tools/govc

go 1.26.0

tool github.com/vmware/govmomi/govc

require (
	github.com/a8m/tree v0.0.0-20210115125333-10a5fd5b637d // indirect
	github.com/dougm/pretty v0.0.0-20171025230240-2ee9d7453c02 // indirect
	github.com/google/uuid v1.6.0 // indirect
	github.com/kr/text v0.2.0 // indirect
	github.com/vmware/govmomi v0.46.3 // indirect
	github.com/xlab/treeprint v1.2.0 // indirect
	golang.org/x/text v0.19.0 // indirect
)
