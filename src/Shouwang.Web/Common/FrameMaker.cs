using Shouwang.Application.Common;
using Shouwang.Application.SignIn;

namespace Shouwang.Web.Common;

/// <summary>Fills what stands around a page: where the person works, who they are, which doors they have. 页框</summary>
internal sealed class FrameMaker(Frame frame, Words words)
{
    private static readonly (string Href, string Word, Permission[] AnyOf)[] s_doors =
    [
        ("/today", "today.door", []),
        ("/people", "people.door", [Permission.ViewPlaces]),
        ("/points", "places.points.door", [Permission.ViewPlaces]),
        ("/pairs", "pairing.door", [Permission.ProposePairs]),
        ("/visits", "care.visits.door", [Permission.ViewVisits]),
        ("/duties", "duties.door", [Permission.HoldDuties]),
        ("/warnings", "care.warning.title", [Permission.DeclareWarnings]),
        ("/statements", "statement.door", [Permission.ViewStatements]),
        ("/hours", "timebank.hours.door", [Permission.TransferHours]),
        ("/hours/disputes", "timebank.disputes.door", [Permission.SettleDisputes]),
        ("/hours/holds", "timebank.holds.door", [Permission.VoidHolds]),
        ("/pools", "timebank.pools.door", [Permission.GrantHours]),
        ("/ledger/reversals", "ledger.reversals.door", [Permission.ReverseTransactions]),
        ("/accounts", "signin.accounts.door", [Permission.ManageAccounts, Permission.ResetPasswords]),
        ("/rules", "rules.title", [Permission.ManageAccounts, Permission.ViewAudit]),
        ("/areas", "areas.title", [Permission.ImportAreas]),
        ("/audit", "audit.door", [Permission.ViewAudit]),
        ("/books", "books.title", [Permission.VerifyBooks]),
        ("/security", "audit.security.door", [Permission.ViewSecurity]),
        ("/outbox", "outbox.door", [Permission.ViewOutbox]),
    ];

    public void Fill(SignedIn? signedIn)
    {
        if (signedIn is not { Actor: var actor }) return;
        frame.Place = string.Join(" · ", signedIn.Place);
        frame.Person = $"{signedIn.Name} {words[$"role.{actor.Role}"]}";
        frame.HasAlarms = Roles.Allows(actor.Role, Permission.AnswerIncidents) && !signedIn.LacksFactor;
        frame.Doors =
        [
            .. s_doors.Where(d => d.AnyOf.Length == 0 || d.AnyOf.Any(p => Roles.Allows(actor.Role, p)))
                .Select(d => new Door(d.Href, words[d.Word])),
        ];
    }
}
