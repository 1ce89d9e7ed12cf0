package io.cbtguard.reconcile;

import io.cbtguard.metrics.GuardMetrics;
import io.cbtguard.metrics.PerVmMetrics;
import io.cbtguard.metrics.VcenterStates;
import io.cbtguard.metrics.VmStates;
import io.cbtguard.record.RecordStore;
import io.cbtguard.vsphere.VcenterWatch;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.Set;

/** What the reconcilers share. */
record Parts(
        KubernetesClient client,
        Clock clock,
        Set<String> vcenterNamespaces,
        Informed informed,
        Watches watches,
        RecordStore store,
        Wakes wakes,
        Barriers barriers,
        Parking parking,
        Advisories advisories,
        Reaches reaches,
        Protections protections,
        RecordKeeper keeper,
        Binder binder,
        Patience patience,
        Waves waves,
        GuardMetrics metrics,
        VmStates vmStates,
        VcenterStates vcenterStates) {

    static Parts of(
            KubernetesClient client,
            VcenterWatch.Factory factory,
            Set<String> vcenterNamespaces,
            MeterRegistry registry,
            PerVmMetrics perVm,
            Clock clock) {
        Informed informed = new Informed(client);
        GuardMetrics metrics = new GuardMetrics(registry);
        News news = new News(metrics);
        Watches watches = new Watches(factory, informed::isThere, clock);
        RecordStore store = new RecordStore(client, informed::record, informed::synced, clock);
        VmStates vmStates = new VmStates(registry, perVm);
        VcenterStates vcenterStates = new VcenterStates(registry);
        Advisories advisories = new Advisories(informed);
        Reaches reaches = new Reaches(advisories::all);
        Waves waves = new Waves(informed, store, clock);
        Wakes wakes = new Wakes(informed, store, watches, advisories, metrics, vmStates, vcenterStates, waves);
        Barriers barriers = new Barriers();
        Parking parking = new Parking(clock, informed::vcenterNameOf);
        Protections protections = new Protections(informed, advisories);
        RecordKeeper keeper = new RecordKeeper(watches, store, protections, parking, wakes, news, clock);
        RecordClaims claims = new RecordClaims(informed, store, protections, client, news);
        Binder binder = new Binder(informed, watches, barriers, claims, vcenterNamespaces);
        Patience patience = new Patience(clock);
        wakes.whenGone(barriers::forget);
        wakes.whenGone(claims::forget);
        wakes.whenGone(parking::gone);
        wakes.whenGone(patience::forget);
        wakes.whenGone(reaches::forget);
        return new Parts(
                client,
                clock,
                vcenterNamespaces,
                informed,
                watches,
                store,
                wakes,
                barriers,
                parking,
                advisories,
                reaches,
                protections,
                keeper,
                binder,
                patience,
                waves,
                metrics,
                vmStates,
                vcenterStates);
    }
}
