package io.cbtguard.simulator.property;

import com.vmware.vim25.DynamicProperty;
import com.vmware.vim25.LocalizedMethodFault;
import com.vmware.vim25.MissingProperty;
import com.vmware.vim25.ObjectContent;
import com.vmware.vim25.ObjectUpdate;
import com.vmware.vim25.ObjectUpdateKind;
import com.vmware.vim25.PropertyChange;
import com.vmware.vim25.PropertyChangeOp;
import io.cbtguard.simulator.core.FaultException;
import io.cbtguard.simulator.core.Faults;
import io.cbtguard.simulator.core.ManagedObject;
import io.cbtguard.simulator.core.PropertyPath;
import io.cbtguard.simulator.core.PropertyReader;
import io.cbtguard.simulator.session.Session;
import java.util.Collection;
import java.util.List;

/** Reads live values into the wire objects of answers. */
final class Contents {
    private Contents() {}

    /** Why a path is missing, for users who may not read it. */
    private static MissingProperty missing(ManagedObject object, PropertyPath path) {
        FaultException noPermission = Faults.noPermission(object.ref(), "System.Read");
        LocalizedMethodFault fault = new LocalizedMethodFault();
        fault.setFault(noPermission.fault());
        fault.setLocalizedMessage(noPermission.getMessage());
        MissingProperty missing = new MissingProperty();
        missing.setPath(path.toString());
        missing.setFault(fault);
        return missing;
    }

    /** What one update tells: all set paths of an object that enters, the changed ones of one that is modified. */
    static ObjectUpdate update(ManagedObject object, Pending pending, List<PropertyPath> all, Session session) {
        ObjectUpdate update = new ObjectUpdate();
        update.setKind(pending.kind());
        update.setObj(object.toVim());
        if (pending.kind() == ObjectUpdateKind.LEAVE) {
            return update;
        }
        boolean enters = pending.kind() == ObjectUpdateKind.ENTER;
        Collection<PropertyPath> paths = enters ? all : pending.paths();
        PropertyReader reader = new PropertyReader(object);
        for (PropertyPath path : paths) {
            if (!session.mayRead(object.ref(), path.toString())) {
                update.getMissingSet().add(missing(object, path));
                continue;
            }
            Object value = reader.read(path);
            // an unset property says nothing on entering, and "assigned nothing" when it was unset by a change
            if (value != null || !enters) {
                PropertyChange change = new PropertyChange();
                change.setName(path.toString());
                change.setOp(PropertyChangeOp.ASSIGN);
                change.setVal(value);
                update.getChangeSet().add(change);
            }
        }
        return update;
    }

    static ObjectContent content(ManagedObject object, List<PropertyPath> paths, Session session) {
        ObjectContent content = new ObjectContent();
        content.setObj(object.toVim());
        PropertyReader reader = new PropertyReader(object);
        for (PropertyPath path : paths) {
            if (!session.mayRead(object.ref(), path.toString())) {
                content.getMissingSet().add(missing(object, path));
                continue;
            }
            Object value = reader.read(path);
            if (value != null) {
                DynamicProperty property = new DynamicProperty();
                property.setName(path.toString());
                property.setVal(value);
                content.getPropSet().add(property);
            }
        }
        return content;
    }
}
