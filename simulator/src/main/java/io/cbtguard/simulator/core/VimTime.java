package io.cbtguard.simulator.core;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import javax.xml.datatype.DatatypeConfigurationException;
import javax.xml.datatype.DatatypeFactory;
import javax.xml.datatype.XMLGregorianCalendar;

/** Converts between instants and the calendar type of the wire objects, always in UTC with microseconds. */
public final class VimTime {
    private static final DatatypeFactory FACTORY = factory();

    private VimTime() {}

    private static DatatypeFactory factory() {
        try {
            return DatatypeFactory.newInstance();
        } catch (DatatypeConfigurationException e) {
            throw new IllegalStateException(e);
        }
    }

    public static XMLGregorianCalendar toVim(Instant instant) {
        OffsetDateTime time = instant.atOffset(ZoneOffset.UTC);
        return FACTORY.newXMLGregorianCalendar(
                BigInteger.valueOf(time.getYear()),
                time.getMonthValue(),
                time.getDayOfMonth(),
                time.getHour(),
                time.getMinute(),
                time.getSecond(),
                BigDecimal.valueOf(time.getNano() / 1000, 6),
                0);
    }

    public static Instant toInstant(XMLGregorianCalendar calendar) {
        BigDecimal fraction = calendar.getFractionalSecond();
        long nanos = fraction == null ? 0 : fraction.movePointRight(9).longValue();
        XMLGregorianCalendar whole = (XMLGregorianCalendar) calendar.clone();
        whole.setFractionalSecond(null);
        // a time without a zone is read as UTC: a server has no local time of its clients
        if (whole.getTimezone() == javax.xml.datatype.DatatypeConstants.FIELD_UNDEFINED) {
            whole.setTimezone(0);
        }
        return whole.toGregorianCalendar().toInstant().plusNanos(nanos);
    }
}
