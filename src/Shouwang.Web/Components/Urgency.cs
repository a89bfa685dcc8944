namespace Shouwang.Web.Components;

/// <summary>What a row asks of its reader. Red means a person must act now, amber due today, green done; nothing else has a
/// colour.</summary>
public enum Urgency
{
    /// <summary>Nothing is asked yet.</summary>
    Later,

    /// <summary>Due today.</summary>
    Today,

    /// <summary>Someone must act now.</summary>
    Now,

    /// <summary>Done.</summary>
    Done,
}
