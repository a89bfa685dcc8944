namespace Shouwang.Application.Common;

/// <summary>The posts a person can hold; a session works in one of them. 岗位</summary>
public enum Role
{
    Volunteer, CareWorker, VillageDoctor, Family, PointManager, VillageCadre, TownshipOfficer, CountyOfficer,
    Auditor, SystemAdministrator, SecurityAdministrator, System,
}

/// <summary>What can be allowed. 权限</summary>
public enum Permission
{
    ViewPeople, RevealPeople, ImportPeople, KeepRegister,
    ViewPlaces, KeepPlaces,
    ProposePairs, AcceptPairs, ViewPairs,
    RecordVisits, VerifyVisits, ViewVisits, ViewKin, ViewReadings, HoldDuties, AssignDuties, AnswerIncidents,
    DeclareWarnings,
    ViewHours, TransferHours, DisputeHours, SettleDisputes, ReverseTransactions, VoidHolds, GrantHours, FillPools,
    ViewStatements, SubmitStatements, DecideStatements,
    ViewRules, ViewAreas, ImportAreas,
    ManageAccounts, ResetPasswords,
    ViewAudit, ViewSecurity, ViewOutbox, RetryOutbox, VerifyBooks,
}

/// <summary>Who may do what: one table, printed to docs/permissions.md. 岗位与权限</summary>
public static class Roles
{
    private static readonly Permission[] s_everywhere = [Permission.ViewRules, Permission.ViewAreas];

    private static readonly Permission[] s_helper =
    [
        .. s_everywhere, Permission.ViewPeople, Permission.RevealPeople, Permission.ViewPairs, Permission.RecordVisits,
        Permission.ViewVisits, Permission.ViewHours, Permission.TransferHours, Permission.DisputeHours, Permission.ViewReadings,
        Permission.HoldDuties, Permission.AnswerIncidents,
    ];

    private static readonly Permission[] s_manager =
        [.. s_helper, Permission.ViewPlaces, Permission.VerifyVisits, Permission.ViewStatements, Permission.AssignDuties];

    private static readonly Permission[] s_cadre =
    [
        .. s_manager, Permission.ImportPeople, Permission.KeepRegister, Permission.KeepPlaces,
        Permission.ProposePairs, Permission.AcceptPairs,
        Permission.ResetPasswords, Permission.ManageAccounts, Permission.SettleDisputes, Permission.SubmitStatements,
        Permission.VoidHolds,
    ];

    private static readonly Permission[] s_officer =
    [
        .. s_everywhere, Permission.ViewPeople, Permission.RevealPeople, Permission.ViewPlaces, Permission.ViewPairs, Permission.ViewVisits,
        Permission.VerifyVisits, Permission.ViewHours, Permission.ViewStatements, Permission.ManageAccounts, Permission.ResetPasswords,
        Permission.ReverseTransactions, Permission.VoidHolds, Permission.GrantHours, Permission.ViewOutbox, Permission.HoldDuties,
        Permission.AssignDuties, Permission.AnswerIncidents, Permission.DecideStatements, Permission.SettleDisputes,
        Permission.DeclareWarnings,
    ];

    private static readonly Dictionary<Role, Permission[]> s_table = new()
    {
        [Role.Volunteer] = s_helper,
        [Role.CareWorker] = [.. s_helper.Except([Permission.TransferHours, Permission.DisputeHours])],
        [Role.VillageDoctor] =
        [
            .. s_everywhere, Permission.ViewPeople, Permission.RevealPeople, Permission.ViewVisits, Permission.RecordVisits,
            Permission.ViewPairs, Permission.ViewReadings, Permission.HoldDuties, Permission.AnswerIncidents,
        ],
        [Role.Family] =
        [
            .. s_everywhere, Permission.ViewPeople, Permission.ViewVisits, Permission.VerifyVisits, Permission.ViewPairs,
            Permission.ViewReadings, Permission.ViewKin,
        ],
        [Role.PointManager] = s_manager,
        [Role.VillageCadre] = s_cadre,
        [Role.TownshipOfficer] = [.. s_officer, Permission.ProposePairs, Permission.AcceptPairs],
        [Role.CountyOfficer] = [.. s_officer, Permission.ImportAreas, Permission.FillPools],
        [Role.Auditor] =
        [
            .. s_everywhere, Permission.ViewPeople, Permission.ViewPlaces, Permission.ViewPairs, Permission.ViewVisits,
            Permission.ViewHours,
            Permission.ViewStatements, Permission.ViewAudit, Permission.ViewSecurity, Permission.ViewOutbox, Permission.VerifyBooks,
        ],
        [Role.SystemAdministrator] =
            [.. s_everywhere, Permission.ImportAreas, Permission.ViewOutbox, Permission.RetryOutbox, Permission.ManageAccounts],
        [Role.SecurityAdministrator] = [.. s_everywhere, Permission.ViewSecurity, Permission.ResetPasswords],
        [Role.System] = Enum.GetValues<Permission>(),
    };

    public static bool Allows(Role role, Permission permission) => s_table[role].Contains(permission);

    /// <summary>Everything a role may do.</summary>
    public static IReadOnlyList<Permission> Of(Role role) => s_table[role];

    /// <summary>Whether one person may hold both posts: nobody is both auditor and administrator. 三员分立</summary>
    public static bool MayCombine(Role a, Role b) => a == b || Side(a) == 0 || Side(b) == 0;

    /// <summary>Whether the holder of one post may give or take another: those below their own, in their own area. An administrator of the
    /// system gives every post, since nobody else can give the first ones.</summary>
    public static bool MayGrant(Role by, Role role) => by switch
    {
        Role.System => role != Role.System,
        Role.SystemAdministrator => role != Role.System,
        Role.CountyOfficer => role <= Role.TownshipOfficer,
        Role.TownshipOfficer => role <= Role.VillageCadre,
        Role.VillageCadre => role <= Role.PointManager,
        _ => false,
    };

    private static int Side(Role role) => role switch
    {
        Role.Auditor => 1,
        Role.SystemAdministrator => 2,
        Role.SecurityAdministrator => 3,
        _ => 0,
    };

    /// <summary>How far a role sees inside its working area.</summary>
    public static ReachKind ReachOf(Role role) => role switch
    {
        Role.Volunteer or Role.CareWorker => ReachKind.Pairs,
        Role.Family => ReachKind.Kin,
        Role.PointManager => ReachKind.Point,
        _ => ReachKind.Area,
    };
}
