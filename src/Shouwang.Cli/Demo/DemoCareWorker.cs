using Shouwang.Application.Common;
using Shouwang.Application.People;
using Shouwang.Application.SignIn;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.People;

namespace Shouwang.Cli.Demo;

/// <summary>The fictional village's care worker, who is paid: hours go into the statement and earn nothing. She is there before pairs are
/// made, so that she has elders of her own.</summary>
internal sealed class DemoCareWorker(Workspace work, EnterPerson enter, LearnFact learn, TimeProvider clock)
{
    private const string Group = "第四村民组";

    public async Task<Id<Person>> Enter(AreaCode village, CancellationToken ct)
    {
        var (house, id) = (Actor.System(village), Id<Person>.New(clock));
        var who = new Identity(DemoSignIns.NameOf(Role.CareWorker), Sex.Female, DemoSignIns.Born, null);
        _ = (await enter.Run(new(id, village, who, PersonRoles.CareWorker, Group), house, ct)).Value;
        var phone = new FactStated(FactKind.Phone, DemoSignIns.PhoneOf(Role.CareWorker).Text, work.Today);
        _ = (await learn.Run(new(Id<Person>.New(clock).Value, id, phone), house, ct)).Value;
        return id;
    }
}
