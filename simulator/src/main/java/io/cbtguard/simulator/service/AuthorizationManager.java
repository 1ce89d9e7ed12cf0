package io.cbtguard.simulator.service;

import com.vmware.vim25.AuthorizationDescription;
import com.vmware.vim25.AuthorizationPrivilege;
import com.vmware.vim25.AuthorizationRole;
import com.vmware.vim25.EntityPrivilege;
import com.vmware.vim25.HasPrivilegeOnEntitiesRequestType;
import com.vmware.vim25.HasPrivilegeOnEntityRequestType;
import com.vmware.vim25.PrivilegeAvailability;
import com.vmware.vim25.RetrieveEntityPermissionsRequestType;
import com.vmware.vim25.UserPrivilegeResult;
import io.cbtguard.simulator.core.Faults;
import io.cbtguard.simulator.core.ManagedObject;
import io.cbtguard.simulator.core.MoRef;
import io.cbtguard.simulator.core.PropertyTable;
import io.cbtguard.simulator.inventory.ManagedEntity;
import io.cbtguard.simulator.session.Privileges;
import io.cbtguard.simulator.session.Session;
import io.cbtguard.simulator.session.Sessions;
import io.cbtguard.simulator.soap.Operations;
import io.cbtguard.simulator.soap.extra.FetchUserPrivilegeRequestType;
import java.util.List;

/** Says which privileges a session has. */
public final class AuthorizationManager extends ManagedObject {
    private static final List<String> KNOWN = List.of(
            "System.Anonymous",
            "System.View",
            "System.Read",
            "Global.LogEvent",
            "Sessions.ValidateSession",
            "VirtualMachine.Config.ChangeTracking",
            "VirtualMachine.Config.DiskExtend",
            "VirtualMachine.Provisioning.DiskRandomRead",
            "VirtualMachine.State.CreateSnapshot",
            "VirtualMachine.State.RemoveSnapshot",
            "VirtualMachine.State.RevertToSnapshot");
    private static final PropertyTable TABLE = PropertyTable.<AuthorizationManager>type("AuthorizationManager")
            .list("privilegeList", AuthorizationPrivilege.class, manager -> privilegeList())
            .list("roleList", AuthorizationRole.class, manager -> roleList())
            .value("description", AuthorizationDescription.class, manager -> new AuthorizationDescription())
            .build();

    private final Sessions sessions;
    private final Privileges privileges;

    public AuthorizationManager(Sessions sessions, Privileges privileges) {
        super(new MoRef("AuthorizationManager", "AuthorizationManager"));
        this.sessions = sessions;
        this.privileges = privileges;
    }

    @Override
    public PropertyTable properties() {
        return TABLE;
    }

    public void register(Operations operations) {
        operations
                .on(
                        "HasPrivilegeOnEntities",
                        AuthorizationManager.class,
                        HasPrivilegeOnEntitiesRequestType.class,
                        (call, self, request) -> {
                            String user = userOf(request.getSessionId());
                            return request.getEntity().stream()
                                    .map(entity -> {
                                        EntityPrivilege answer = new EntityPrivilege();
                                        answer.setEntity(entity);
                                        request.getPrivId().forEach(privilege -> answer.getPrivAvailability()
                                                .add(availability(user, privilege)));
                                        return answer;
                                    })
                                    .toList();
                        })
                .on(
                        "HasPrivilegeOnEntity",
                        AuthorizationManager.class,
                        HasPrivilegeOnEntityRequestType.class,
                        (call, self, request) -> {
                            String user = userOf(request.getSessionId());
                            return request.getPrivId().stream()
                                    .map(privilege -> privileges.isGranted(user, privilege))
                                    .toList();
                        })
                .on(
                        "FetchUserPrivilegeOnEntities",
                        AuthorizationManager.class,
                        FetchUserPrivilegeRequestType.class,
                        (call, self, request) -> request.getEntities().stream()
                                .map(entity -> {
                                    UserPrivilegeResult result = new UserPrivilegeResult();
                                    result.setEntity(entity);
                                    KNOWN.stream()
                                            .filter(id -> privileges.isGranted(request.getUserName(), id))
                                            .forEach(result.getPrivileges()::add);
                                    return result;
                                })
                                .toList())
                .on(
                        "RetrieveEntityPermissions",
                        AuthorizationManager.class,
                        RetrieveEntityPermissionsRequestType.class,
                        (call, self, request) -> {
                            call.resolve(request.getEntity(), ManagedEntity.class);
                            return List.of();
                        });
    }

    private String userOf(String sessionKey) {
        return sessions.all().stream()
                .filter(session -> session.key().equals(sessionKey))
                .findFirst()
                .map(Session::userName)
                .orElseThrow(() -> Faults.notFound());
    }

    private PrivilegeAvailability availability(String user, String privilege) {
        PrivilegeAvailability availability = new PrivilegeAvailability();
        availability.setPrivId(privilege);
        availability.setIsGranted(privileges.isGranted(user, privilege));
        return availability;
    }

    private static List<AuthorizationPrivilege> privilegeList() {
        return KNOWN.stream()
                .map(id -> {
                    AuthorizationPrivilege privilege = new AuthorizationPrivilege();
                    int dot = id.lastIndexOf('.');
                    privilege.setPrivId(id);
                    privilege.setName(id.substring(dot + 1));
                    privilege.setPrivGroupName(id.substring(0, dot));
                    return privilege;
                })
                .toList();
    }

    private static List<AuthorizationRole> roleList() {
        AuthorizationRole admin = new AuthorizationRole();
        admin.setRoleId(-1);
        admin.setSystem(true);
        admin.setName("Admin");
        com.vmware.vim25.Description description = new com.vmware.vim25.Description();
        description.setLabel("Administrator");
        description.setSummary("Full access rights");
        admin.setInfo(description);
        admin.getPrivilege().addAll(KNOWN);
        return List.of(admin);
    }
}
