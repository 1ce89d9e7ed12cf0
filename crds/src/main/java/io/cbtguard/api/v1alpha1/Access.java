package io.cbtguard.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.LabelSelector;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One rule of who may use which part of a vCenter's inventory. */
@ApiType
@ValidationRule(
        value = "!(self.namespaces.from in ['Selector', 'All']) || (has(self.folders) && self.folders.size() > 0)",
        message = "folders is required when namespaces.from is Selector or All: list the inventory folders that these"
                + " namespaces may use, such as /DC0/vm/shop")
public record Access(
        @Default("{}") @JsonPropertyDescription("The namespaces whose objects may use this vCenter.")
        Namespaces namespaces,

        @Size(max = 64) @JsonPropertyDescription("Inventory paths of the folders whose VMs, at any depth, may be used, such as"
                + " /DC0/vm/shop. Required with Selector and All; absent with Same: the whole inventory.")
        List<@Pattern("^/[^/].*$") @Size(min = 2, max = 1024) String> folders) {

    static final Access OWN_NAMESPACE = new Access(new Namespaces(From.Same, null), List.of());

    /** Fills in what the API server would. */
    public Access {
        namespaces = Formats.orDefault(namespaces, new Namespaces(From.Same, null));
        folders = Formats.listOf(folders);
    }

    /** Which namespaces a rule is for. */
    @ApiType
    @ValidationRule(
            value = "(self.from == 'Selector') == has(self.selector)",
            message = "selector goes with from: Selector: set both, or neither")
    public record Namespaces(
            @Default("Same")
            @JsonPropertyDescription("Same: the VCenter's own namespace. All: every namespace. Selector: the namespaces"
                    + " whose labels match selector.")
            From from,

            @JsonPropertyDescription("Labels of the namespaces, with from: Selector.") @Nullable LabelSelector selector) {

        /** Fills in what the API server would. */
        public Namespaces {
            from = Formats.orDefault(from, From.Same);
        }
    }

    /** How namespaces are chosen. */
    public enum From {
        Same,
        All,
        Selector
    }
}
