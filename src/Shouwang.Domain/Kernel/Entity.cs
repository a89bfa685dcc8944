namespace Shouwang.Domain.Kernel;

/// <summary>Something that happened and cannot be undone. Named in the past tense; carries ids and plain values, never entities.
/// 领域事件</summary>
public interface IDomainEvent
{
    /// <summary>The name on the wire, written down because types get renamed and stored messages do not: "care.visit-verified".</summary>
    string WireName { get; }

    /// <summary>Events of one stream are delivered in the order in which they happened.</summary>
    Guid Stream { get; }
}

/// <summary>What belongs to one area, and is seen only from inside it.</summary>
public interface IInArea
{
    /// <summary>Where this record belongs. Decides who may see it; never changes.</summary>
    AreaCode Area { get; }
}

/// <summary>A thing with an identity, whose rules live in its own methods. 实体</summary>
public abstract class Entity : IInArea
{
    private readonly List<IDomainEvent> _events = [];

    public AreaCode Area { get; protected init; }

    /// <summary>Counts saves; a save that finds another number lost a race.</summary>
    public int Version { get; private set; }

    protected void Raise(IDomainEvent happened) => _events.Add(happened);

    /// <summary>Hands over what happened since the last call; the pipeline stores it with the change.</summary>
    public IReadOnlyList<IDomainEvent> TakeEvents()
    {
        IReadOnlyList<IDomainEvent> taken = [.. _events];
        _events.Clear();
        return taken;
    }
}
