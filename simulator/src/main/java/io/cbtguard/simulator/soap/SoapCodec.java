package io.cbtguard.simulator.soap;

import com.vmware.vim25.MethodFault;
import io.cbtguard.simulator.core.FaultException;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.lang.reflect.Field;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import javax.xml.bind.JAXBElement;
import javax.xml.bind.JAXBException;
import javax.xml.bind.Marshaller;
import javax.xml.bind.Unmarshaller;
import javax.xml.namespace.QName;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/** Reads requests and writes responses and faults. */
final class SoapCodec {
    private static final XMLInputFactory INPUT = inputFactory();
    private static final String ENVELOPE = "http://schemas.xmlsoap.org/soap/envelope/";
    private static final byte[] HEAD = ("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                    + "<soapenv:Envelope xmlns:soapenc=\"http://schemas.xmlsoap.org/soap/encoding/\""
                    + " xmlns:soapenv=\"" + ENVELOPE + "\" xmlns:xsd=\"http://www.w3.org/2001/XMLSchema\""
                    + " xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\">\n<soapenv:Body>\n")
            .getBytes(StandardCharsets.UTF_8);
    private static final byte[] TAIL = "\n</soapenv:Body>\n</soapenv:Envelope>".getBytes(StandardCharsets.UTF_8);

    private final VimTypes types = VimTypes.get();

    /**
     * A parsed request.
     *
     * @param body null when the operation is not one of the VIM types
     */
    record Request(String method, @Nullable Object body) {}

    private static XMLInputFactory inputFactory() {
        XMLInputFactory factory = XMLInputFactory.newFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        return factory;
    }

    /** Reads an envelope to the end; throws {@link XMLStreamException} on anything that is not one. */
    Request read(InputStream in) throws XMLStreamException {
        XMLStreamReader reader = new LenientReader(INPUT.createXMLStreamReader(in));
        try {
            boolean inBody = false;
            while (reader.hasNext()) {
                if (reader.next() != XMLStreamReader.START_ELEMENT) {
                    continue;
                }
                if (inBody) {
                    String method = reader.getLocalName();
                    VimTypes.Operation operation = types.operation(method);
                    return new Request(method, operation == null ? null : unmarshal(reader, operation.request()));
                }
                inBody = reader.getLocalName().equals("Body");
            }
            throw new XMLStreamException("no body");
        } finally {
            reader.close();
        }
    }

    private Object unmarshal(XMLStreamReader reader, Class<?> type) throws XMLStreamException {
        try {
            Unmarshaller unmarshaller = types.borrowUnmarshaller();
            Object value = unmarshaller.unmarshal(reader, type).getValue();
            types.giveBack(unmarshaller);
            return value;
        } catch (JAXBException | RuntimeException e) {
            // the unmarshaller lets some mistakes of the input out as they are
            throw new XMLStreamException(e.getMessage() == null ? "unreadable request" : e.getMessage(), e);
        }
    }

    byte[] response(String method, @Nullable Object result) {
        VimTypes.Operation operation = types.operation(method);
        if (operation == null) {
            throw new IllegalStateException("no such operation: " + method);
        }
        try {
            Object response = operation.response().getConstructor().newInstance();
            Field field = operation.result();
            if (field != null && result != null) {
                field.set(response, listOrValue(field, result));
            }
            return envelope(response);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Object listOrValue(Field field, Object result) {
        return List.class.isAssignableFrom(field.getType()) && result instanceof Collection<?> values
                ? List.copyOf(values)
                : result;
    }

    byte[] fault(FaultException exception) {
        MethodFault fault = exception.fault();
        QName name = new QName(VimTypes.NAMESPACE, fault.getClass().getSimpleName() + "Fault");
        ByteArrayOutputStream out = new ByteArrayOutputStream(1024);
        out.writeBytes(HEAD);
        out.writeBytes(faultHead("ServerFaultCode", String.valueOf(exception.getMessage())));
        // declared as Object, so that xsi:type names the fault, as vCenter does
        marshal(new JAXBElement<>(name, Object.class, fault), out);
        out.writeBytes("</detail></soapenv:Fault>".getBytes(StandardCharsets.UTF_8));
        out.writeBytes(TAIL);
        return out.toByteArray();
    }

    /** A fault without a typed detail, as for a request that cannot be parsed. */
    byte[] plainFault(String code, String message) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(512);
        out.writeBytes(HEAD);
        out.writeBytes(faultHead(code, message));
        out.writeBytes("</detail></soapenv:Fault>".getBytes(StandardCharsets.UTF_8));
        out.writeBytes(TAIL);
        return out.toByteArray();
    }

    private static byte[] faultHead(String code, String message) {
        String escaped = message.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
        return ("<soapenv:Fault><faultcode>" + code + "</faultcode><faultstring>" + escaped + "</faultstring><detail>")
                .getBytes(StandardCharsets.UTF_8);
    }

    private byte[] envelope(Object body) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(4096);
        out.writeBytes(HEAD);
        marshal(body, out);
        out.writeBytes(TAIL);
        return out.toByteArray();
    }

    private void marshal(Object body, ByteArrayOutputStream out) {
        try {
            Marshaller marshaller = types.borrowMarshaller();
            marshaller.marshal(body, out);
            types.giveBack(marshaller);
        } catch (JAXBException e) {
            throw new IllegalStateException(
                    "cannot be written: " + body.getClass().getSimpleName(), e);
        }
    }
}
