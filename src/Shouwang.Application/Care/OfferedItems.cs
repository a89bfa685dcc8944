using Shouwang.Application.Common;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.Rules;

namespace Shouwang.Application.Care;

/// <summary>What helpers of the actor's area do for elders today, by the rules in force. 服务项目</summary>
public sealed class OfferedItems(Workspace work, Rulebook rulebook)
{
    public sealed record View(IReadOnlyList<ServiceList.Item> Items);

    public Result<View> Run(Actor actor) => actor.May(Permission.ViewVisits, actor.Scope)
        ? new View(ServiceList.Of(rulebook.At(actor.Scope, work.Today))) : CommonRefusals.Forbidden;
}
