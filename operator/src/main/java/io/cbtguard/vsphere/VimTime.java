package io.cbtguard.vsphere;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.GregorianCalendar;
import javax.xml.datatype.DatatypeConfigurationException;
import javax.xml.datatype.DatatypeFactory;
import javax.xml.datatype.XMLGregorianCalendar;
import org.jspecify.annotations.Nullable;

/** vCenter's times: microseconds, UTC. */
final class VimTime {
    private static final DatatypeFactory FACTORY = factory();

    private VimTime() {}

    /** Cut to microseconds, which is what vCenter has, so that a time survives being stored. */
    static Instant instant(XMLGregorianCalendar time) {
        ZonedDateTime seconds = time.toGregorianCalendar().toZonedDateTime().truncatedTo(ChronoUnit.SECONDS);
        long nanos = time.getFractionalSecond() == null
                ? 0
                : time.getFractionalSecond().movePointRight(9).longValue();
        return seconds.toInstant().plusNanos(nanos).truncatedTo(ChronoUnit.MICROS);
    }

    static Instant instantOr(@Nullable XMLGregorianCalendar time, Instant absent) {
        return time == null ? absent : instant(time);
    }

    static XMLGregorianCalendar xml(Instant instant) {
        GregorianCalendar calendar =
                GregorianCalendar.from(instant.truncatedTo(ChronoUnit.MILLIS).atZone(ZoneOffset.UTC));
        return FACTORY.newXMLGregorianCalendar(calendar);
    }

    private static DatatypeFactory factory() {
        try {
            return DatatypeFactory.newInstance();
        } catch (DatatypeConfigurationException broken) {
            throw new IllegalStateException("the JDK has no XML datatype factory", broken);
        }
    }
}
