package io.cbtguard.vsphere;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ApiVersionsTest {
    @Test
    void reads_the_versions_of_vim25_and_no_others() throws Exception {
        String xml = """
                <?xml version="1.0" encoding="UTF-8" ?>
                <namespaces version="1.0">
                  <namespace><name>urn:vim2</name><version>2.0</version></namespace>
                  <namespace><name>urn:vim25</name><version>8.0.3.0</version>
                    <priorVersions><version>6.7</version><version>6.5</version><version>6.0</version></priorVersions>
                  </namespace>
                </namespaces>
                """;

        Set<String> versions = ApiVersions.parse(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)));

        assertThat(versions).containsExactly("8.0.3.0", "6.7", "6.5", "6.0");
    }

    @Test
    void asks_for_the_newest_version_that_the_stubs_cover() {
        assertThat(ApiVersions.soapAction(Set.of("8.0.3.0", "6.5", "6.0"))).isEqualTo("urn:vim25/6.5");
        assertThat(ApiVersions.soapAction(Set.of("8.0.3.0", "6.0"))).isEqualTo("urn:vim25/6.0");
    }

    @Test
    void asks_for_none_where_none_of_ours_is_spoken_and_leaves_it_where_there_is_no_list() {
        assertThat(ApiVersions.soapAction(Set.of("9.9"))).isEmpty();
        assertThat(ApiVersions.soapAction(Set.of())).isNull();
    }
}
