// The watch's filter asked by govmomi, to compare with. A module of its own; govmomi as in ../govc.
module github.com/cbtguard/cbtguard/tools/bench

go 1.26.0

require github.com/vmware/govmomi v0.46.3

require github.com/google/uuid v1.6.0 // indirect
