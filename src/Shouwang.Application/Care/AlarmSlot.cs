using System.Buffers.Binary;
using Shouwang.Application.Common;
using Shouwang.Application.Common.Crypto;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.People;

namespace Shouwang.Application.Care;

/// <summary>A call for help that the database has not taken yet: which command, for whom, by whom. It names nobody and says nothing of
/// anybody's health. 待登记报警</summary>
/// <param name="Area">Where the elder lives.</param>
internal sealed record WaitingCall(Guid Command, Id<Person> Elder, AreaCode Area, Caller Caller, DateTimeOffset At)
{
    /// <summary>The caller as they asked: the elder was in their area and within their reach.</summary>
    public Actor Actor => new(Caller.Person, Caller.Role, Caller.Scope, ReachOf())
    {
        Predecessors = Caller.Scope.Contains(Area) ? [] : [Area],
    };

    private Reach ReachOf() => Roles.ReachOf(Caller.Role) is var kind && kind == ReachKind.Area ? Reach.Area : new(kind, [Elder.Value]);
}

/// <summary>Who called, in which post and area. 报警人</summary>
internal sealed record Caller(Id<Person> Person, Role Role, AreaCode Scope);

/// <summary>How a waiting call is written into its place of the alarm journal: its fields, and a mark that nobody can make without the
/// keys; a place of noughts is free. 报警簿格式</summary>
internal static class AlarmSlot
{
    /// <summary>Bytes of a place: half a sector, so that none lies across two.</summary>
    public const int Bytes = 256;

    private const string Purpose = "alarm";
    private const byte Waiting = 1;
    private const int Fields = 1 + (3 * 16) + 4 + (3 * 8);

    public static byte[] Write(WaitingCall call, KeyRing keys)
    {
        var place = new byte[Bytes];
        place[0] = Waiting;
        call.Command.TryWriteBytes(place.AsSpan(1), bigEndian: true, out _);
        call.Elder.Value.TryWriteBytes(place.AsSpan(17), bigEndian: true, out _);
        call.Caller.Person.Value.TryWriteBytes(place.AsSpan(33), bigEndian: true, out _);
        BinaryPrimitives.WriteInt32BigEndian(place.AsSpan(49), (int)call.Caller.Role);
        BinaryPrimitives.WriteInt64BigEndian(place.AsSpan(53), call.Area.Value);
        BinaryPrimitives.WriteInt64BigEndian(place.AsSpan(61), call.Caller.Scope.Value);
        BinaryPrimitives.WriteInt64BigEndian(place.AsSpan(69), call.At.UtcTicks);
        keys.Mark(Purpose, place.AsSpan(0, Fields)).CopyTo(place, Fields);
        return place;
    }

    /// <summary>The call in a place; none where it is free, half written, or written by somebody without the keys.</summary>
    public static WaitingCall? Read(ReadOnlySpan<byte> place, KeyRing keys)
    {
        if (place[0] != Waiting || !new MarkCheck(keys, Purpose).Holds(place[..Fields], place.Slice(Fields, KeyRing.MarkBytes))) return null;
        var caller = new Caller(
            new(new(place.Slice(33, 16), bigEndian: true)), (Role)BinaryPrimitives.ReadInt32BigEndian(place[49..]),
            new(BinaryPrimitives.ReadInt64BigEndian(place[61..])));
        return new(
            new(place.Slice(1, 16), bigEndian: true), new(new(place.Slice(17, 16), bigEndian: true)),
            new(BinaryPrimitives.ReadInt64BigEndian(place[53..])), caller,
            new(BinaryPrimitives.ReadInt64BigEndian(place[69..]), TimeSpan.Zero));
    }
}
