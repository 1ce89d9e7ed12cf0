package io.cbtguard.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.cbtguard.api.v1alpha1.VMRecord;
import io.cbtguard.judge.record.Phase;
import io.cbtguard.judge.record.VmRecord;
import io.cbtguard.testkit.process.Checkout;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Records that 0.1.0 wrote are read as what they say, and written again without a loss. */
class RecordsOf010Test {
    static Stream<VMRecord> records() throws IOException {
        String objects = Files.readString(Checkout.root().resolve("operator/src/test/charts/0.1.0/objects.yaml"));
        return Stream.of(objects.split("(?m)^---$"))
                .filter(document -> document.contains("kind: VMRecord"))
                .map(document -> Serialization.unmarshal(document, VMRecord.class));
    }

    @ParameterizedTest
    @MethodSource("records")
    void isReadAndWrittenAgainWithoutALoss(VMRecord stored) throws Exception {
        RecordMapper mapper = new RecordMapper();

        VmRecord value = mapper.toValue(stored);

        assertThat(value.findings()).isNotEmpty();
        assertThat(value.chains()).singleElement().satisfies(chain -> assertThat(chain.series())
                .singleElement()
                .satisfies(series -> assertThat(series.points()).hasSize(1)));
        assertThat(value.runs()).singleElement().satisfies(run -> assertThat(String.valueOf(run.outcome()))
                .contains(Phase.Committed.name()));
        VMRecord again = mapper.toObject(value);
        again.setMetadata(stored.getMetadata());
        again.setGeneration(stored.getGeneration()); // each write says its own
        assertThat(again).usingRecursiveComparison().isEqualTo(stored);
    }
}
