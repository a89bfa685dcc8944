using Shouwang.Domain.Kernel;
using Shouwang.Domain.People;

namespace Shouwang.Application.People;

/// <summary>One person as a roster row states them, read and checked, before anything is stored. 花名册行</summary>
/// <param name="At">The sheet and row it stands in.</param>
/// <param name="Roles">Elder, Volunteer, VillageDoctor, or several.</param>
/// <param name="Group">The villagers' group.</param>
/// <param name="Household">The number the village knows the household by; may be empty where there is an ID number.</param>
/// <param name="Point">The name of the mutual-aid point; may be empty.</param>
/// <param name="LeadsPoint">Whether the person leads that point.</param>
public sealed record RosterRow(
    RosterLine At, PersonRoles Roles, string Name, Sex Sex, DateOnly Born, NationalId? Id, PhoneNumber? Phone, string Group,
        string Household)
{
    public LivingSituation? Living { get; init; }

    public SupportCategory? Support { get; init; }

    public AbilityLevel? Ability { get; init; }

    public string Point { get; init; } = "";

    public bool LeadsPoint { get; init; }

    public RosterRelative? Relative { get; init; }

    public HomeSpot? Home { get; init; }
}

/// <summary>Where a row stands, counted as the spreadsheet program counts. 行位置</summary>
public readonly record struct RosterLine(string Sheet, int Row);

/// <summary>The relative a row names, with the phone the village calls. 家属</summary>
public sealed record RosterRelative(string Name, RelationKind Relation, PhoneNumber? Phone);

/// <summary>What is wrong with one cell, and why. 单元格错误</summary>
/// <param name="Cell">As the spreadsheet program names it: C7.</param>
public sealed record CellError(string Sheet, string Cell, int Row, Refusal Refusal)
{
    public override string ToString() => $"{Sheet}!{Cell} {Refusal.Code}";
}

/// <summary>A sheet in which a roster was found. 花名册工作表</summary>
/// <param name="HeaderRow">The row of its headings (the lower one where they have two storeys).</param>
/// <param name="LastColumn">The last column in use, counted from 1.</param>
public sealed record RosterSheet(string Name, int HeaderRow, int LastColumn);

/// <summary>Everything read from a roster workbook: good rows, and errors by cell for the others. 读取结果</summary>
/// <param name="Read">How many rows held a person, good or not.</param>
public sealed record RosterReading(
    IReadOnlyList<RosterSheet> Sheets, int Read, IReadOnlyList<RosterRow> Rows, IReadOnlyList<CellError> Errors)
{
    /// <summary>How many rows have at least one error.</summary>
    public int Refused => Errors.Select(e => (e.Sheet, e.Row)).Distinct().Count();
}
