namespace Shouwang.Application.People;

/// <summary>How many rows of a roster are done, told by one thread and read by another. 导入进度</summary>
public sealed class RosterProgress
{
    private int _of;
    private int _done;

    public int Of => Volatile.Read(ref _of);

    public int Done => Volatile.Read(ref _done);

    internal void Begin(int rows)
    {
        Volatile.Write(ref _done, 0);
        Volatile.Write(ref _of, rows);
    }

    /// <summary>One row more; hands on what became of it.</summary>
    internal T Step<T>(T outcome)
    {
        Interlocked.Increment(ref _done);
        return outcome;
    }
}
