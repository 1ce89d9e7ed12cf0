package io.cbtguard.simulator;

import io.cbtguard.simulator.core.MoRef;
import io.cbtguard.simulator.core.Registry;
import io.cbtguard.simulator.core.Vcenter;
import io.cbtguard.simulator.inventory.Cluster;
import io.cbtguard.simulator.inventory.Datacenter;
import io.cbtguard.simulator.inventory.Datastore;
import io.cbtguard.simulator.inventory.EsxProduct;
import io.cbtguard.simulator.inventory.Folder;
import io.cbtguard.simulator.inventory.HostSystem;
import io.cbtguard.simulator.inventory.Network;
import io.cbtguard.simulator.vm.VmFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Fills a new vCenter: one datacenter, clusters of hosts, shared datastores, VMs in folders by what they do. */
final class Population {
    private static final List<String> ROLES = List.of("web", "app", "db", "mail", "file");
    private static final long[] DISKS = {40L << 30, 100L << 30};
    private static final int HOSTS_PER_CLUSTER = 16;

    private final Vcenter vcenter;
    private final VmFactory factory;
    private final SimulatorOptions options;

    Population(Vcenter vcenter, VmFactory factory, SimulatorOptions options) {
        this.vcenter = vcenter;
        this.factory = factory;
        this.options = options;
    }

    /** Builds it all; returns the root folder. */
    Folder create() {
        Registry registry = vcenter.registry();
        Folder root = new Folder(new MoRef("Folder", "group-d1"), "Datacenters", List.of("Folder", "Datacenter"));
        vcenter.ids().next("entity", 1);
        registry.add(root);
        Datacenter datacenter = new Datacenter(vcenter.ids(), "DC0", root, registry);
        List<Network> networks = List.of(new Network(vcenter.ids(), "VM Network", datacenter, registry));
        List<Datastore> datastores = List.of(
                new Datastore(vcenter.ids(), "datastore1", datacenter, registry),
                new Datastore(vcenter.ids(), "datastore2", datacenter, registry));
        List<HostSystem> hosts = hosts(datacenter, datastores, networks);
        vms(datacenter, datastores, hosts);
        return root;
    }

    private List<HostSystem> hosts(Datacenter datacenter, List<Datastore> datastores, List<Network> networks) {
        EsxProduct product = new EsxProduct(options.esxVersion(), options.esxBuild());
        List<HostSystem> hosts = new ArrayList<>();
        Cluster cluster = null;
        for (int i = 0; i < options.hosts(); i++) {
            if (cluster == null || i % HOSTS_PER_CLUSTER == 0) {
                cluster = new Cluster(
                        vcenter.ids(),
                        "cluster-" + twoDigits(i / HOSTS_PER_CLUSTER + 1),
                        datacenter,
                        vcenter.registry());
            }
            String name = "esx-" + twoDigits(i + 1) + ".example.com";
            hosts.add(new HostSystem(vcenter, name, product, cluster, datastores, networks));
        }
        return hosts;
    }

    private void vms(Datacenter datacenter, List<Datastore> datastores, List<HostSystem> hosts) {
        List<Folder> folders = new ArrayList<>();
        for (String role : ROLES) {
            Folder folder = new Folder(
                    new MoRef("Folder", "group-v" + vcenter.ids().next("entity", 1)),
                    role,
                    datacenter.vmFolder().childType());
            datacenter.vmFolder().adopt(folder, vcenter.registry());
            vcenter.registry().add(folder);
            folders.add(folder);
        }
        for (int i = 0; i < options.vms(); i++) {
            int role = i % ROLES.size();
            String name = ROLES.get(role) + "-" + twoDigits(i / ROLES.size() + 1);
            VmFactory.Place place = new VmFactory.Place(
                    folders.get(role), hosts.get(i % hosts.size()), datastores.get(i % datastores.size()));
            factory.running(name, place, DISKS, options.cbt());
        }
    }

    private static String twoDigits(int number) {
        return String.format(Locale.ROOT, "%02d", number);
    }
}
