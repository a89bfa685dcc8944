using Shouwang.Domain.Kernel;

namespace Shouwang.Domain.People;

/// <summary>What the register says no with.</summary>
public static class PeopleRefusals
{
    public static readonly Refusal NotFound = new("people.not-found", RefusalKind.NotFound);
}
