package main

import (
	"fmt"
	"reflect"
	"strconv"
	"sync"

	"github.com/vmware/govmomi/simulator"
	"github.com/vmware/govmomi/vim25/types"
)

// faultRule is simulator.FaultInjectionRule as JSON. Empty names match everything, an absent probability is 1.
type faultRule struct {
	Method      string   `json:"method"`      // SOAP method, e.g. RevertToSnapshot_Task
	ObjectType  string   `json:"objectType"`  // e.g. VirtualMachine
	ObjectName  string   `json:"objectName"`  // the entity's name
	Probability *float64 `json:"probability"` // 0..1
	Fault       string   `json:"fault"`       // a VIM fault type, e.g. NotAuthenticated; empty: SystemErrorFault
	Message     string   `json:"message"`
	DelayMillis int      `json:"delayMillis"` // before the fault is answered
	MaxCount    int      `json:"maxCount"`    // 0: no limit
	SkipCount   int      `json:"skipCount"`   // let that many matching calls pass first
}

// faults gives rules stable ids: the injector itself knows them by position, which moves when one is removed.
type faults struct {
	mu      sync.Mutex
	service *simulator.Service
	next    int
	rules   map[string]*simulator.FaultInjectionRule
}

func newFaults(service *simulator.Service) *faults {
	return &faults{service: service, rules: map[string]*simulator.FaultInjectionRule{}}
}

func (f *faults) add(in faultRule) (string, error) {
	rule := &simulator.FaultInjectionRule{
		MethodName:  orAny(in.Method),
		ObjectType:  orAny(in.ObjectType),
		ObjectName:  orAny(in.ObjectName),
		Probability: 1,
		Message:     in.Message,
		Delay:       in.DelayMillis,
		MaxCount:    in.MaxCount,
		SkipCount:   in.SkipCount,
		Enabled:     true,
	}
	if in.Probability != nil {
		rule.Probability = *in.Probability
	}
	if err := setFault(rule, in.Fault); err != nil {
		return "", err
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	f.next++
	id := strconv.Itoa(f.next)
	f.rules[id] = rule
	f.service.AddFaultRule(rule)
	return id, nil
}

// setFault prefers the injector's own kinds, which fill in the object and the privilege.
func setFault(rule *simulator.FaultInjectionRule, name string) error {
	switch name {
	case "", "SystemErrorFault":
		rule.FaultType = simulator.FaultTypeGeneric
	case "NotAuthenticated":
		rule.FaultType = simulator.FaultTypeNotAuthenticated
	case "NoPermission":
		rule.FaultType = simulator.FaultTypeNoPermission
	case "MethodNotFound":
		rule.FaultType = simulator.FaultTypeMethodNotFound
	case "ManagedObjectNotFound":
		rule.FaultType = simulator.FaultTypeManagedObjectNotFound
	default:
		kind, known := types.TypeFunc()(name)
		if !known {
			return fmt.Errorf("no VIM type is called %q", name)
		}
		fault, ok := reflect.New(kind).Interface().(types.BaseMethodFault)
		if !ok {
			return fmt.Errorf("%s is not a fault", name)
		}
		rule.FaultType, rule.Fault = simulator.FaultTypeCustom, fault
	}
	return nil
}

func (f *faults) remove(id string) bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	rule, found := f.rules[id]
	if !found {
		return false
	}
	delete(f.rules, id)
	for position, candidate := range f.service.GetFaultRules() {
		if candidate == rule {
			return f.service.RemoveFaultRule(position)
		}
	}
	return false
}

func (f *faults) clear() {
	f.mu.Lock()
	defer f.mu.Unlock()
	clear(f.rules)
	f.service.ClearFaultRules()
}

func orAny(name string) string {
	if name == "" {
		return "*"
	}
	return name
}
