using Shouwang.Application.Areas;
using Shouwang.Application.Common;
using Shouwang.Domain.Kernel;
using Shouwang.Web.Components;

namespace Shouwang.Web.Areas;

/// <summary>What the two forms for an area send, and how they are read. 区划变更表单</summary>
public sealed class ChangeAreaForm
{
    private static readonly char[] s_between = [' ', '　', ',', '，', '、', ';', '；', '\n', '\r'];

    public Guid Id { get; set; }
    public string? Name { get; set; }
    public string? Day { get; set; }

    /// <summary>Area codes, divided as people divide them.</summary>
    public string? Successors { get; set; }

    /// <summary>Reads a replacement; the first answer that cannot be read is named.</summary>
    internal Result<ReplaceArea.Command> ToCommand(AreaCode area)
    {
        if (WrittenDay.Of(Day) is not { } day) return CommonRefusals.BadInput.On("day");
        var successors = new List<AreaCode>();
        foreach (var text in (Successors ?? "").Split(s_between, StringSplitOptions.RemoveEmptyEntries))
        {
            if (!AreaCode.From(text, "successors").IsOk(out var code, out var refusal)) return refusal;
            successors.Add(code);
        }

        return new ReplaceArea.Command(Id, area, day, successors);
    }
}
